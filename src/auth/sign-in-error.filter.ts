import { type ArgumentsHost, Catch, Inject, Injectable, Optional } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AppError, ErrorCode } from '../common/errors/app-error.js';
import { ErrorPages, ProblemFilter } from '../common/errors/problem.filter.js';
import { logFailure } from '../common/logging/log-failure.js';
import { toAppError } from '../common/errors/to-app-error.js';
import { callerStateIn } from '../common/caller-state.js';
import { acceptsHtml, acceptsJson } from '../common/http/accepts.js';
import { hasBearer } from '../common/http/bearer.js';
import { type Config, CONFIG, requestedErrorTo, requestedReturnTo } from '../config/config.js';
import { answerTo } from '../handover/handover.js';
import { HandoversService } from '../handover/handovers.service.js';
import { cookiesBeside, OutcomesService } from './attempts/outcomes.service.js';
import { errorRedirect, isAnsweredInPlace } from './error-redirect.js';
import { Redirected } from './redirected.js';
import { endFragment } from './end-fragment.js';
import { callerStateOf, handoverOf, intentOf } from './sign-in-context.js';
import { SignInMetrics } from './sign-in-metrics.js';
import { SignInService } from './sign-in.service.js';

/** What a page of ours explains better than a code in an address could; without pages they are outcomes too. */
const EXPLAINED_BY_PAGES: ReadonlySet<ErrorCode> = new Set([
  'unauthenticated',
  'reauth_required',
  'identity_too_new',
]);

/** Redirects a failed sign-in to the error URL; a client that asked for JSON gets problem+json with the same code. */
@Injectable()
@Catch()
export class SignInErrorFilter extends ProblemFilter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly signIn: SignInService,
    private readonly metrics: SignInMetrics,
    private readonly outcomes: OutcomesService,
    private readonly handovers: HandoversService,
    @Optional() pages?: ErrorPages,
  ) {
    super(pages);
  }

  override async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (thrown instanceof Redirected) {
      redirect(request, response, thrown);
      return;
    }
    const error = toAppError(thrown);
    this.metrics.failed(request, error);
    const location = this.locationFor(request, error);
    await this.record(request, response, error, location);
    if (location === null || response.headersSent) {
      await super.catch(error, host);
      return;
    }
    logFailure(request, error);
    response.redirect(302, location);
  }

  /** @param location where the browser is sent, which a second delivery is told too */
  private async record(
    request: Request,
    response: Response,
    error: AppError,
    location: string | null,
  ): Promise<void> {
    const { signInAttempt: attempt } = request;
    if (attempt === undefined) return;
    if (error.code === 'store_unavailable') {
      // Not waited for: where the store has just failed, it would only add a second timeout.
      this.outcomes
        .keepNone(attempt)
        .catch((failure: unknown) => logFailure(request, toAppError(failure)));
      return;
    }
    try {
      await this.signIn.recordFailure(request, attempt);
      const cookies = cookiesBeside(attempt, response);
      if (location === null) await this.outcomes.keepNone(attempt);
      else await this.outcomes.keep(attempt, { location, cookies }, null);
    } catch (failure) {
      logFailure(request, toAppError(failure));
    }
  }

  /** Where the browser is told; null where the failure is answered as it is. */
  private locationFor(request: Request, error: AppError): string | null {
    const isScript = acceptsJson(request) || hasBearer(request);
    if (isScript || isAnsweredInPlace(error)) return null;
    const { provider } = request.params;
    const handover = handoverOf(request);
    if (handover !== null && this.handovers.isConfigured(handover)) {
      const { offeredAt } = request;
      const location = offeredAt ?? answerTo(this.config, handover, { error: error.code });
      return endFragment(provider, location);
    }
    const { returnTo, errorTo, state } = this.destinationsOf(request);
    if (EXPLAINED_BY_PAGES.has(error.code)) {
      const isTold = acceptsHtml(request) && (!this.config.pages || errorTo !== null);
      if (!isTold) return null;
    }
    const location = errorRedirect(this.config, request, error, errorTo, {
      provider: String(provider),
      purpose: purposeOf(request, error),
      returnTo,
      state,
    });
    return endFragment(provider, location);
  }

  /** An answer of a provider says nothing of this itself: what counts is in its attempt. */
  private destinationsOf(
    request: Request,
  ): Readonly<Record<'returnTo' | 'errorTo' | 'state', string | null>> {
    const intent = intentOf(request);
    if (intent !== null || isCallback(request)) {
      const state = callerStateOf(request);
      return { returnTo: intent?.returnTo ?? null, errorTo: intent?.errorTo ?? null, state };
    }
    const returnTo = requestedReturnTo(request, this.config);
    const errorTo = requestedErrorTo(request, this.config, returnTo);
    return { returnTo, errorTo, state: callerStateIn(request) };
  }
}

function isCallback(request: Request): boolean {
  return request.path.endsWith('/callback');
}

/** Null for a sign-in, and where it is not known. Who has not proven enough for a link is refused before there is an intent. */
function purposeOf(request: Request, { code }: AppError): 'link' | 'reauthenticate' | null {
  const kind = intentOf(request)?.purpose.kind;
  if (kind !== undefined) return kind === 'sign-in' ? null : kind;
  return EXPLAINED_BY_PAGES.has(code) && request.path.endsWith('/link') ? 'link' : null;
}

function redirect(
  request: Request,
  response: Response,
  { reason, location, cookies }: Redirected,
): void {
  request.outcome = { outcome: reason };
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
  response.redirect(302, location);
}
