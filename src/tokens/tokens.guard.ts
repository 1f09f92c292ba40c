import { type CanActivate, Inject, Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config } from '../config/config.js';

/** Where no tokens are made, there is nothing here, for nobody. */
@Injectable()
export class TokensGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(): boolean {
    if (this.config.tokens === null)
      throw new AppError('not_found', { log: { reason: 'tokens_off' } });
    return true;
  }
}
