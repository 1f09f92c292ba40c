import { Module } from '@nestjs/common';
import { ProviderHttp } from './provider-http.js';

/** The one client for every request to a provider. */
@Module({ providers: [ProviderHttp], exports: [ProviderHttp] })
export class ProviderHttpModule {}
