import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import type { AppError } from '../common/errors/app-error.js';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { Metrics, type SignInPurpose } from '../telemetry/metrics.js';
import type { Purpose } from './attempts/attempt.js';
import { intentOf } from './sign-in-context.js';

/** Counts what became of each sign-in, and says so on the request's line in the log. */
@Injectable()
export class SignInOutcomes {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly metrics: Metrics,
  ) {}

  /** Somebody is about to be sent to a provider. */
  started(provider: ProviderId, purpose: Purpose): void {
    this.metrics.signInStarted(provider, labelOf(purpose));
  }

  /** Somebody is signed in, or has connected a provider. */
  succeeded(request: Request, provider: ProviderId, purpose: Purpose): void {
    request.outcome = { outcome: 'success', provider };
    this.metrics.signInEnded(provider, labelOf(purpose), 'success');
  }

  /** A start or a callback has failed. What asks for a provider that is not on, or only looks at a link, is no sign-in. */
  failed(request: Request, error: AppError): void {
    const provider: unknown = request.params['provider'];
    if (!isProviderId(provider) || this.config.providers[provider] === null) return;
    if (error.code === 'not_found') return;
    this.metrics.signInEnded(provider, purposeOf(request), error.code);
  }
}

function purposeOf(request: Request): SignInPurpose {
  const intent = intentOf(request);
  return intent === null ? 'unknown' : labelOf(intent.purpose);
}

function labelOf({ kind }: Purpose): SignInPurpose {
  return kind === 'link' ? 'link' : 'sign_in';
}
