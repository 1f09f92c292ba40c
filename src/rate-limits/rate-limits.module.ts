import { Global, Module } from '@nestjs/common';
import { RateLimits } from './rate-limits.js';

/** Limits on the requests of one address. */
@Global()
@Module({ providers: [RateLimits], exports: [RateLimits] })
export class RateLimitsModule {}
