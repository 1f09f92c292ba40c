import { type ArgumentsHost, Catch, Inject, Injectable, Optional } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AppError, ErrorCode } from '../common/errors/app-error.js';
import { ErrorPages, ProblemFilter } from '../common/errors/problem.filter.js';
import { logFailure } from '../common/logging/log-failure.js';
import { requestIdOf } from '../common/logging/request-context.js';
import { toAppError } from '../common/errors/to-app-error.js';
import { acceptsJson } from '../common/http/accepts.js';
import { hasBearer } from '../common/http/bearer.js';
import { type Config, CONFIG } from '../config/config.js';
import { answerTo } from '../handover/handover.js';
import { HandoversService } from '../handover/handovers.service.js';
import { cookiesBeside, OutcomesService } from './attempts/outcomes.service.js';
import { SentOn } from './sent-on.js';
import { leavingFragment } from './leaving-fragment.js';
import { handoverOf, intentOf } from './sign-in-context.js';
import { SignInOutcomes } from './sign-in-outcomes.js';
import { SignInService } from './sign-in.service.js';

/** Failures that are not an outcome of the sign-in: a redirect would hide them, or fail again at once. */
const NEVER_REDIRECTED: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'rate_limited',
  'store_unavailable',
  'csrf_failed',
  'unauthenticated',
  'reauth_required',
  'identity_too_new',
  'not_ready',
  'bad_request',
]);

/** Redirects a failed sign-in to the error URL; a client that asked for JSON gets problem+json with the same code. */
@Injectable()
@Catch()
export class SignInErrorFilter extends ProblemFilter {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly signIn: SignInService,
    private readonly outcomes: SignInOutcomes,
    private readonly kept: OutcomesService,
    private readonly handovers: HandoversService,
    @Optional() pages?: ErrorPages,
  ) {
    super(pages);
  }

  override async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (thrown instanceof SentOn) {
      sendOn(request, response, thrown);
      return;
    }
    const error = toAppError(thrown);
    this.outcomes.failed(request, error);
    const isScript = acceptsJson(request) || hasBearer(request);
    const isRedirected = !isScript && !NEVER_REDIRECTED.has(error.code);
    const location = isRedirected ? this.addressFor(request, error) : null;
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
      this.kept
        .keepNone(attempt)
        .catch((failure: unknown) => logFailure(request, toAppError(failure)));
      return;
    }
    try {
      await this.signIn.recordFailure(request, attempt);
      const cookies = cookiesBeside(attempt, response);
      if (location === null) await this.kept.keepNone(attempt);
      else await this.kept.keep(attempt, { location, cookies }, null);
    } catch (failure) {
      logFailure(request, toAppError(failure));
    }
  }

  private addressFor(request: Request, error: AppError): string {
    const handover = handoverOf(request);
    if (handover === null || !this.handovers.isConfigured(handover)) {
      return this.errorUrl(request, error);
    }
    const address = answerTo(this.config, handover, { error: error.code });
    return leavingFragment(request.params['provider'], address);
  }

  private errorUrl(request: Request, error: AppError): string {
    const { publicUrl, signInErrorUrl } = this.config;
    const intent = intentOf(request);
    const url = new URL(signInErrorUrl, publicUrl.origin);
    url.searchParams.set('error', error.code);
    url.searchParams.set('provider', String(request.params['provider']));
    url.searchParams.set('requestId', requestIdOf(request));
    if (intent?.purpose.kind === 'link') url.searchParams.set('purpose', 'link');
    else {
      if (intent?.purpose.kind === 'reauthenticate')
        url.searchParams.set('purpose', 'reauthenticate');
      if (intent?.returnTo) url.searchParams.set('returnTo', intent.returnTo);
    }
    const { signInWith } = error;
    const isOn = signInWith !== null && this.config.providers[signInWith] !== null;
    if (isOn) url.searchParams.set('signInWith', signInWith);
    const isHere = signInErrorUrl.startsWith('/');
    const address = isHere ? url.pathname + url.search + url.hash : url.href;
    return leavingFragment(request.params['provider'], address);
  }
}

function sendOn(request: Request, response: Response, { reason, location, cookies }: SentOn): void {
  request.outcome = { outcome: reason };
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
  response.redirect(302, location);
}
