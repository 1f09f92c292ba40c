import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { CookieSignatures } from './cookie-signatures.js';
import { DomainCookie } from './domain-cookie.js';
import { type OwnCookies, ownCookiesOf } from './own-cookies.js';
import { cookieFlags, cookieNames } from './session-cookie.js';
import type { SignedInSession } from './signed-in-session.js';
import { SessionStore } from './session.store.js';

/** Characters of a signature that tell cookies apart: 132 bits. */
const KEY_LENGTH = 22;

/** Session cookies of one request that are looked at: more than one there are on http alone. */
const MOST_TRIED = 10;

/** The session cookie of a request, which one of our secrets has signed. Whether its session is active only the store knows. */
export interface SessionCookie {
  readonly value: string;
  readonly token: string;
  /** A part of the signature: it tells cookies apart, and nobody can make one of it. */
  readonly key: string;
  /** Which of our secrets has signed it, the newest being 0. */
  readonly age: number;
}

/**
 * Reads who is signed in: a cookie that one of our secrets has signed, and one row. express-session does more, and costs
 * more than all the rest of a request: it is there where a session begins or ends.
 */
@Injectable()
export class SessionReader {
  private readonly name: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: SessionStore,
    private readonly signatures: CookieSignatures,
    private readonly domainCookie: DomainCookie,
  ) {
    this.name = cookieNames(config.publicUrl).session;
  }

  /**
   * The session of a request's bearer, or else of its cookie; null when there is none, or nobody is signed in. A cookie that an older secret has
   * signed is signed again, so that the old secret can be taken out of SESSION_SECRET once the browsers that still come
   * have passed by.
   */
  async read(request: Request, response: Response): Promise<SignedInSession | null> {
    if (request.bearer !== undefined) return this.store.find(request.bearer, 'app');
    await this.settle(request);
    const cookie = this.cookieOf(request);
    if (cookie === null) return null;
    const session = await this.store.find(cookie.token);
    // What a server is told, its browser does not get.
    if (session === null || request.serviceKey !== undefined) return session;
    const { expiresAt } = session;
    if (cookie.age > 0) this.resign(response, cookie.token, expiresAt);
    if (this.domainCookie.isOn) {
      await this.domainCookie.keep(request, response, { token: cookie.token, expiresAt });
    }
    return session;
  }

  /** Whose session the cookie of a request is, for an answer that sets none; null when it is nobody's. */
  async find(request: Request): Promise<SignedInSession | null> {
    await this.settle(request);
    const cookie = this.cookieOf(request);
    return cookie === null ? null : this.store.find(cookie.token);
  }

  /** Of several session cookies, which there are on http alone, keeps the first whose session is active. */
  async settle(request: Request): Promise<void> {
    const signed = this.signedOf(request);
    if (signed.length < 2) return;
    for (const cookie of signed) {
      if ((await this.store.find(cookie.token)) === null) continue;
      request.sessionCookies = [cookie];
      return;
    }
  }

  /** Has a request's session cookie count for nothing: a hand-over reads, makes and ends none. */
  ignoreCookie(request: Request): void {
    request.sessionCookies = [];
    request.signedIn = null;
  }

  /** The session cookie of a request; null when there is none that we have signed. */
  cookieOf(request: Request): SessionCookie | null {
    return this.signedOf(request)[0] ?? null;
  }

  /** The secret ids in cookies that we have signed. */
  tokensIn(cookies: OwnCookies): string[] {
    return this.signedIn(cookies).map(({ token }) => token);
  }

  /** The session cookies of a request that we have signed. They are looked at once. */
  private signedOf(request: Request): readonly SessionCookie[] {
    request.sessionCookies ??= this.signedIn(ownCookiesOf(request));
    return request.sessionCookies;
  }

  private signedIn(cookies: OwnCookies): SessionCookie[] {
    return (cookies.get(this.name) ?? [])
      .slice(0, MOST_TRIED)
      .flatMap(({ value }) => this.verify(value) ?? []);
  }

  private verify(value: string): SessionCookie | null {
    if (!value.startsWith('s:')) return null;
    const signed = this.signatures.verify(value.slice(2));
    if (signed === null) return null;
    const { text: token, age } = signed;
    const signatureAt = value.lastIndexOf('.') + 1;
    return { value, token, key: value.slice(signatureAt, signatureAt + KEY_LENGTH), age };
  }

  private resign(response: Response, token: string, expiresAt: number): void {
    response.cookie(this.name, `s:${this.signatures.sign(token)}`, {
      ...cookieFlags(this.config.publicUrl),
      expires: new Date(expiresAt),
    });
  }
}

declare module 'http' {
  interface IncomingMessage {
    /** Undefined until it was looked for. */
    sessionCookies?: readonly SessionCookie[];
  }
}
