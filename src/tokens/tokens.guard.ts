import { type CanActivate, Inject, Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';

export function tokensOff(): AppError {
  return new AppError('not_found', {
    detail: 'No tokens are made here: TOKEN_AUDIENCES is not set.',
    log: { reason: 'tokens_off' },
  });
}

/** Where no tokens are made, there is nothing here, for nobody. */
@Injectable()
export class TokensGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(): boolean {
    if (this.config.tokens === null) throw tokensOff();
    return true;
  }
}
