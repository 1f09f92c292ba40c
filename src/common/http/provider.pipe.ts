import type { PipeTransform } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';
import { isProviderId, type ProviderId } from '../provider-id.js';

/** Reads a provider from a path; throws AppError `not_found` for any other segment. */
export class ProviderPipe implements PipeTransform<string, ProviderId> {
  transform(segment: string): ProviderId {
    if (!isProviderId(segment)) throw new AppError('not_found');
    return segment;
  }
}
