import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { hasBearer } from '../common/http/bearer.js';
import { CONFIG, type Config } from '../config/config.js';
import { ActiveSessions } from './active-sessions.js';
import { DomainCookie } from './domain-cookie.js';
import { believed, type OwnCookies, ownCookiesOf, parseOwnCookies } from './own-cookies.js';
import { type CookieNames, cookieNames } from './session-cookie.js';
import { SessionReader } from './session-reader.js';
import type { SignedInSession } from './signed-in-session.js';

/**
 * Sees who is signed in, for whoever only has to know: by the session cookie, or else by the Domain cookie. It renews and
 * changes nothing, and what it finds is `request.seen`, by which nothing is done.
 */
@Injectable()
export class SessionLooks {
  private readonly names: CookieNames;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionReader,
    private readonly domainCookie: DomainCookie,
    private readonly live: ActiveSessions,
  ) {
    this.names = cookieNames(config.publicUrl);
  }

  /** Whether a request has a bearer, or a cookie that we have signed. Asks the store nothing. */
  hasCredential(request: Request): boolean {
    return (
      hasBearer(request) ||
      this.sessions.cookieOf(request) !== null ||
      this.domainCookie.hashesIn(ownCookiesOf(request)).length > 0
    );
  }

  /** Whom a request's bearer shows, or else its cookies; null where that is nobody. */
  ofRequest(request: Request): Promise<SignedInSession | null> {
    const { bearer } = request;
    return bearer === undefined
      ? this.look(request, ownCookiesOf(request))
      : this.live.findInUse(bearer, 'app');
  }

  /** Whom a `Cookie` header shows that a browser has sent to somebody else. */
  ofHeader(request: Request, header: string): Promise<SignedInSession | null> {
    return this.look(request, believed(parseOwnCookies(header, this.names), this.config.publicUrl));
  }

  /**
   * Whom the Domain cookie shows. A sibling can plant others: those whose session has ended are passed over, and of two
   * that live it cannot be told which is the person's.
   */
  async byDomainCookie(request: Request, cookies: OwnCookies): Promise<SignedInSession | null> {
    const hashes = this.domainCookie.hashesIn(cookies);
    if (hashes.length === 0) return null;
    const found = await Promise.all(
      hashes.map((tokenHash) => this.live.find(tokenHash, 'browser', 'domain_token_hash')),
    );
    const living = found.filter((session) => session !== null);
    const [session = null] = living;
    if (living.length !== 1 || session === null) {
      request.domainCookie = session === null ? 'no living session' : 'two living sessions';
      return null;
    }
    await this.live.touch(session);
    return session;
  }

  private async look(request: Request, cookies: OwnCookies): Promise<SignedInSession | null> {
    for (const token of this.sessions.tokensIn(cookies)) {
      const session = await this.live.findInUse(token);
      if (session !== null) return session;
    }
    return this.byDomainCookie(request, cookies);
  }
}
