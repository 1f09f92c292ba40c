import type { CanActivate } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';

/** The guards of the providers that are on. */
export class ProviderGuards {
  constructor(private readonly guards: ReadonlyMap<ProviderId, CanActivate>) {}

  /**
   * The provider that a request's path names, with its guard.
   *
   * @throws AppError `not_found` for one that is unknown or not configured
   */
  of({ method, params }: Request): { provider: ProviderId; guard: CanActivate } {
    const segment: unknown = params['provider'];
    // Express answers HEAD by GET's route; what asks with HEAD is looking at a link, not following it.
    if (method === 'HEAD') throw new AppError('not_found');
    const guard = isProviderId(segment) ? this.guards.get(segment) : undefined;
    if (!isProviderId(segment) || guard === undefined) {
      throw new AppError('not_found', {
        detail: 'There is no such provider, or it is not configured.',
      });
    }
    return { provider: segment, guard };
  }
}
