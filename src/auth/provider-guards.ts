import type { CanActivate } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';

export class ProviderGuards {
  constructor(private readonly guards: ReadonlyMap<ProviderId, CanActivate>) {}

  /** Throws AppError `not_found` for a provider that is unknown or off. */
  of({ method, params }: Request): { provider: ProviderId; guard: CanActivate } {
    const segment: unknown = params['provider'];
    // Express answers HEAD by GET's route; a HEAD request, such as of a link checker, must not start an attempt.
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
