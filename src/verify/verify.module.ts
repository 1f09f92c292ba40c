import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { VerifyController } from './verify.controller.js';
import { VerifyService } from './verify.service.js';

/** Who is signed in, for proxies and servers. */
@Module({
  imports: [SessionsModule],
  controllers: [VerifyController],
  providers: [VerifyService],
})
export class VerifyModule {}
