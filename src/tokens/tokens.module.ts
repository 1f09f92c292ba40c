import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { KeyUpkeep } from './key-upkeep.js';
import { SigningKeysModule } from './signing-keys.module.js';
import { TokenController } from './token.controller.js';
import { TokensService } from './tokens.service.js';
import { WellKnownController } from './well-known.controller.js';

/** Who is signed in, for services that verify it themselves. */
@Module({
  imports: [SessionsModule, UsersModule, SigningKeysModule],
  controllers: [TokenController, WellKnownController],
  providers: [KeyUpkeep, TokensService],
  exports: [TokensService],
})
export class TokensModule {}
