import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { CONFIG, type Config, requestedReturnTo, type ReturnToRequest } from '../config/config.js';
import { isActive } from '../config/issuers.js';
import { ProofsRepository } from '../sessions/proofs.repository.js';
import { ServerLimits } from '../sessions/server-limits.js';
import { SessionLooks } from '../sessions/session-looks.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { TokensService } from '../tokens/tokens.service.js';
import { asksForProof, type Demands, unmetDemand } from './demands.js';
import { forwardedUrl } from './forwarded.js';

/** Tells a proxy whether a request may pass to what is behind it, and whose it is. */
@Injectable()
export class VerifyService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly looks: SessionLooks,
    private readonly proofs: ProofsRepository,
    private readonly limits: ServerLimits,
    private readonly tokens: TokensService,
  ) {}

  /**
   * Who a request is from, if they may pass. Without any cookie of ours that is nobody, and neither the store nor a limit
   * is asked.
   *
   * @throws AppError `unauthenticated`; `access_denied` when a demand is not met; `rate_limited`
   */
  async passing(request: Request, demands: Demands): Promise<SignedInSession> {
    if (!this.looks.hasCredential(request)) {
      throw new AppError('unauthenticated', { log: { reason: 'no credential' } });
    }
    await this.limits.countLook(request);
    const session = await this.looks.ofRequest(request);
    if (session === null) {
      throw new AppError('unauthenticated', {
        log: { reason: request.domainCookie ?? 'no living session' },
      });
    }
    await this.limits.countLooker(request, session);
    await this.require(session, demands);
    return session;
  }

  /**
   * Makes the token that a proxy has asked for, to be passed on with who passes.
   *
   * @param name the service that it is for; undefined for none
   * @throws AppError `bad_request` without a service key, or where there is no such service; `not_found` without TOKEN_AUDIENCES
   */
  tokenIssuer(
    { serviceKey }: Request,
    name: string | undefined,
  ): (session: SignedInSession) => Promise<Record<string, string>> {
    if (name === undefined) return () => Promise.resolve({});
    if (serviceKey === undefined) {
      throw new AppError('bad_request', {
        detail: 'token takes a service key, which the proxy adds as X-Latchkey-Service-Key.',
        log: { reason: 'token without a service key' },
      });
    }
    const audience = this.tokens.audienceOf(name);
    return async (session) => {
      const { accessToken } = await this.tokens.issue(session, audience, serviceKey);
      return { 'X-Latchkey-Token': accessToken };
    };
  }

  /** Where people sign in, and come back from to where they wanted to go. */
  signInUrl(request: Request): string {
    const { signInErrorUrl, publicUrl } = this.config;
    const url = new URL(signInErrorUrl, publicUrl.origin);
    const asked: ReturnToRequest = { query: { returnTo: forwardedUrl(request) } };
    const returnTo = requestedReturnTo(asked, this.config);
    if (returnTo !== null) url.searchParams.set('returnTo', returnTo);
    else if (asked.returnToRefused) request.returnToRefused = asked.returnToRefused;
    return url.href;
  }

  private async require(session: SignedInSession, demands: Demands): Promise<void> {
    const proofs = asksForProof(demands) ? await this.proofs.of(session) : [];
    const counting = proofs.flatMap((proof) => {
      const identity = session.identities.find(
        ({ issuer, subject }) => issuer === proof.issuer && subject === proof.subject,
      );
      return identity !== undefined && isActive(this.config, identity) ? [{ proof, identity }] : [];
    });
    const unmet = unmetDemand(demands, session, counting, Date.now());
    if (unmet === null) return;
    throw new AppError('access_denied', {
      detail: `Whoever is signed in does not meet what this place asks for: ${unmet}.`,
      log: { reason: `${unmet} is not met` },
    });
  }
}
