import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  ADDRESS_PATH,
  isAsked,
  QUESTION_HEADER,
  questionSeal,
  type Sighting,
} from '../common/http/address-question.js';
import { AppError } from '../common/errors/app-error.js';
import { clientIpOf } from '../common/http/client-ip.js';
import { unmapIpv4 } from '../common/http/unmap-ipv4.js';
import { CONFIG, type Config } from '../config/config.js';

/** Shows `latchkey doctor --request` how its request arrived through the proxies, so that it can check TRUST_PROXY. */
@Controller()
@ApiExcludeController()
export class AddressController {
  private readonly seal: ReturnType<typeof questionSeal>;

  constructor(@Inject(CONFIG) { secrets }: Config) {
    this.seal = questionSeal(secrets);
  }

  /** @throws AppError `not_found` for anybody without the session secret */
  @Get(ADDRESS_PATH)
  address(@Req() request: Request): Sighting {
    const question = request.get(QUESTION_HEADER) ?? '';
    if (!isAsked(this.seal, question, Date.now())) throw new AppError('not_found');
    return {
      address: unmapIpv4(clientIpOf(request)),
      forwardedFor: list(request.get('x-forwarded-for')),
      peer: unmapIpv4(request.socket.remoteAddress ?? ''),
      believed: request.ips.length,
    };
  }
}

function list(header = ''): string[] {
  return header
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
