import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Answers } from '../common/http/answers.js';
import { ApiRoute, changeFailures } from '../common/http/api-route.js';
import { toTimestamp } from '../common/timestamp.js';
import {
  type Exchange,
  type Exchanged,
  exchangedSchema,
  exchangeSchema,
} from './exchange.schema.js';
import { ExchangeService } from './exchange.service.js';

/** Where an application gets its session. No cookie is read or set. */
@Controller('auth/session')
@ApiTags('hand-over')
export class ExchangeController {
  constructor(private readonly exchanges: ExchangeService) {}

  @Post('exchange')
  @HttpCode(200)
  @ApiRoute(
    'exchangeCode',
    [
      'Exchange a one-time code',
      'The code of a hand-over, for a session of your own. No cookie is read or set.',
    ],
    [...changeFailures, 'invalid_grant'],
  )
  @Answers(exchangedSchema, 'The session, as a bearer token.')
  async exchange(@Body({ schema: exchangeSchema }) asked: Exchange): Promise<Exchanged> {
    const { session, token, user } = await this.exchanges.exchange(asked);
    return { sessionToken: token, expiresAt: toTimestamp(session.expires_at), user };
  }
}
