import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { v7 as uuidv7 } from 'uuid';
import type { ProviderId } from '../common/provider-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { cookieFlags, cookieName } from './session-cookie.js';
import type { SignedInSession } from './session-data.js';
import { SessionStore } from './session.store.js';

/** Starts and ends the session of the browser that makes a request. */
@Injectable()
export class SessionsService {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: SessionStore,
  ) {}

  /**
   * Signs a browser in: a new session id, the old one dead (no fixation), its row written before this
   * returns, so that the redirect that follows finds it.
   */
  async start(request: Request, userId: string, provider: ProviderId): Promise<void> {
    await promisify((done) => request.session.regenerate(done));
    const now = Date.now();
    const signedIn: SignedInSession = {
      publicId: uuidv7(),
      userId,
      provider,
      createdAt: now,
      authenticatedAt: now,
      expiresAt: now + this.config.sessions.absoluteSeconds * 1000,
    };
    await this.store.open(request.sessionID, signedIn);
    request.session.signedIn = signedIn;
  }

  /** Signs a browser out. Its cookie is worthless from here on. */
  async end(request: Request, response: Response): Promise<void> {
    await promisify((done) => request.session.destroy(done));
    const { publicUrl } = this.config;
    response.clearCookie(cookieName('latchkey', publicUrl), cookieFlags(publicUrl));
  }
}

function promisify(work: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    work((error) => {
      if (error === undefined || error === null) resolve();
      else
        reject(
          error instanceof Error ? error : new Error('The session store failed.', { cause: error }),
        );
    });
  });
}
