import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parse } from 'cookie';
import { sign, unsign } from 'cookie-signature';
import type { Request, Response } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { cookieFlags, cookieName, SESSION_COOKIE } from './session-cookie.js';
import type { SignedInSession } from './signed-in-session.js';
import { SessionStore } from './session.store.js';

/**
 * Reads who is signed in: a cookie that one of our secrets has signed, and one row. express-session does more, and costs
 * more than all the rest of a request: it is there where a session begins or ends.
 */
@Injectable()
export class SessionReader {
  private readonly name: string;
  private readonly keys: readonly string[];

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: SessionStore,
  ) {
    this.name = cookieName(SESSION_COOKIE, config.publicUrl);
    // cookie-signature hands them to node:crypto, which would make a key of a text each time.
    this.keys = config.secrets.map((secret) => createSecretKey(secret, 'utf8') as never);
  }

  /**
   * The session of a request's cookie; null when there is none, or nobody is signed in. A cookie that an older secret has
   * signed is signed again, so that the old secret can be taken out of SESSION_SECRET once the browsers that still come
   * have passed by.
   */
  async read({ headers }: Request, response: Response): Promise<SignedInSession | null> {
    if (headers.cookie === undefined) return null;
    const value = parse(headers.cookie)[this.name];
    if (!value?.startsWith('s:')) return null;
    for (const [age, key] of this.keys.entries()) {
      const token = unsign(value.slice(2), key);
      if (token === false) continue;
      const session = await this.store.find(token);
      if (session !== null && age > 0) this.resign(response, token, session.expiresAt);
      return session;
    }
    return null;
  }

  private resign(response: Response, token: string, expiresAt: number): void {
    const [newest = ''] = this.keys;
    response.cookie(this.name, `s:${sign(token, newest)}`, {
      ...cookieFlags(this.config.publicUrl),
      expires: new Date(expiresAt),
    });
  }
}
