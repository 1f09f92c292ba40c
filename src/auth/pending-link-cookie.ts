import type { Request, Response } from 'express';
import { hashToken } from '../common/hash-token.js';
import { randomToken } from '../common/random.js';
import type { Config } from '../config/config.js';
import { ownCookiesOf } from '../sessions/own-cookies.js';
import { cookieFlags, cookieNames } from '../sessions/session-cookie.js';

const TOKEN_BYTES = 32;

/** The cookie by which a browser has its pending link: a random token, whose hash the row has. */
export class PendingLinkCookie {
  readonly name: string;

  constructor(private readonly config: Pick<Config, 'publicUrl'>) {
    this.name = cookieNames(config.publicUrl).pendingLink;
  }

  /** Sets a new one. Returns its hash. */
  set(response: Response, lifetimeMs: number): string {
    const token = randomToken(TOKEN_BYTES);
    response.cookie(this.name, token, {
      ...cookieFlags(this.config.publicUrl),
      maxAge: lifetimeMs,
    });
    return hashToken(token);
  }

  /** The hash of a request's; null without one. */
  hashIn(request: Request): string | null {
    const [cookie] = ownCookiesOf(request).get(this.name) ?? [];
    return cookie === undefined ? null : hashToken(cookie.value);
  }

  clear(response: Response): void {
    response.clearCookie(this.name, cookieFlags(this.config.publicUrl));
  }
}
