import { Module } from '@nestjs/common';
import { ExchangeObserver } from './exchange-observer.js';
import { ProviderHttp } from './provider-http.js';

/** The one client for every request to a provider. */
@Module({ providers: [ExchangeObserver, ProviderHttp], exports: [ProviderHttp] })
export class ProviderHttpModule {}
