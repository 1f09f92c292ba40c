import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { AppError } from '../common/errors/app-error.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { Metrics, type SignInPurpose } from '../telemetry/metrics.js';
import type { Purpose } from './attempts/attempt.js';
import { intentOf } from './sign-in-context.js';

/** Records the outcome of each sign-in in the metrics and in the request's log line. */
@Injectable()
export class SignInMetrics {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  started(provider: ProviderId, purpose: Purpose): void {
    this.metrics.signInStarted(provider, labelOf(purpose));
  }

  succeeded(request: Request, provider: ProviderId, purpose: Purpose): void {
    request.outcome = { outcome: 'success', provider };
    this.metrics.signInEnded(provider, labelOf(purpose), 'success');
  }

  /** A failed start or callback. Requests for an unknown or disabled provider, and HEAD requests, are no sign-in. */
  failed(request: Request, error: AppError): void {
    const provider: unknown = request.params['provider'];
    if (!isProviderId(provider) || this.config.providers[provider] === null) return;
    if (error.code === 'not_found' || request.isSpeculative) return;
    this.metrics.signInEnded(provider, purposeOf(request), error.code);
  }
}

function purposeOf(request: Request): SignInPurpose {
  const { foundAttempt } = request;
  if (foundAttempt === null) return 'none';
  const intent = foundAttempt ?? intentOf(request);
  return intent === null ? 'unknown' : labelOf(intent.purpose);
}

function labelOf({ kind }: Purpose): SignInPurpose {
  return kind === 'link' ? 'link' : 'sign_in';
}
