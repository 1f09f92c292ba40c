import { Global, Module } from '@nestjs/common';
import { Lifecycle } from './lifecycle.js';

/** The one Lifecycle, for everybody. */
@Global()
@Module({ providers: [Lifecycle], exports: [Lifecycle] })
export class LifecycleModule {}
