import { Controller, Get, Inject, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Answers } from '../common/http/answers.js';
import { type Config, CONFIG } from '../config/config.js';
import { toJwk } from './signing-key.js';
import { SigningKeysService } from './signing-keys.service.js';
import { type KeySet, keySetSchema, type Metadata, metadataSchema } from './token.schema.js';
import { TokensGuard } from './tokens.guard.js';
import { ApiGetKeySet, ApiGetMetadata } from './tokens.openapi.js';

/** What a service needs to verify tokens. Anybody may read it, from anywhere, and keep it for ten minutes. */
@Controller('.well-known')
@UseGuards(TokensGuard)
@ApiTags('tokens')
export class WellKnownController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly keys: SigningKeysService,
  ) {}

  @Get('jwks.json')
  @ApiGetKeySet()
  @Answers(keySetSchema, 'The next key is among them a day before it signs.')
  async getKeySet(@Res({ passthrough: true }) response: Response): Promise<KeySet> {
    const keys = (await this.keys.toPublish()).map(toJwk);
    letAnybodyKeep(response);
    return { keys };
  }

  @Get('oauth-authorization-server')
  @ApiGetMetadata()
  @Answers(metadataSchema, 'The issuer, as tokens have it.')
  getMetadata(@Res({ passthrough: true }) response: Response): Metadata {
    const { href } = this.config.publicUrl;
    letAnybodyKeep(response);
    return { issuer: href, jwks_uri: `${href}/.well-known/jwks.json` };
  }
}

function letAnybodyKeep(response: Response): void {
  response.setHeader('Cache-Control', 'public, max-age=600');
  // Those of one browser, which go with it alone.
  response.removeHeader('Set-Cookie');
}
