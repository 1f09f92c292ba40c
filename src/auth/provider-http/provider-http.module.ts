import { Module } from '@nestjs/common';
import { ExchangeObserver } from './exchange-observer.js';
import { ProviderHttp } from './provider-http.js';

@Module({ providers: [ExchangeObserver, ProviderHttp], exports: [ProviderHttp] })
export class ProviderHttpModule {}
