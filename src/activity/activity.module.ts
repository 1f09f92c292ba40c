import { Global, Module } from '@nestjs/common';
import { ActivityService } from './activity.service.js';

/** What happened to accounts. Everything that changes one records it. */
@Global()
@Module({ providers: [ActivityService], exports: [ActivityService] })
export class ActivityModule {}
