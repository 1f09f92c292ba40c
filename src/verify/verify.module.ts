import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { VerifyController } from './verify.controller.js';
import { VerifyService } from './verify.service.js';

/** Who is signed in, for proxies and servers. */
@Module({
  imports: [SessionsModule, TokensModule],
  controllers: [VerifyController],
  providers: [VerifyService],
})
export class VerifyModule {}
