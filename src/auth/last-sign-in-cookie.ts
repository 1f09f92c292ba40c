import type { Request, Response } from 'express';
import { isProviderId, type ProviderId } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { ownCookiesOf } from '../sessions/own-cookies.js';
import { cookieFlags, cookieNames } from '../sessions/session-cookie.js';

const LIFETIME_MS = 180 * 24 * 60 * 60 * 1000;
const SIGNED_OUT = '.out';

/** What a browser remembers of its last sign-in. */
export interface LastSignIn {
  readonly provider: ProviderId | null;
  /** Whether it has just signed out, and has not been told so. */
  readonly hasSignedOut: boolean;
}

/**
 * The cookie by which the sign-in page marks the provider that a browser signed in with the last time, and says that it
 * has signed out. It names the provider and nothing else: nobody, no account, no time.
 */
export class LastSignInCookie {
  private readonly name: string;

  constructor(private readonly config: Pick<Config, 'publicUrl' | 'pages'>) {
    this.name = cookieNames(config.publicUrl).lastSignIn;
  }

  read(request: Request): LastSignIn {
    const [cookie] = ownCookiesOf(request).get(this.name) ?? [];
    const value = cookie?.value ?? '';
    const hasSignedOut = value.endsWith(SIGNED_OUT);
    const provider = hasSignedOut ? value.slice(0, -SIGNED_OUT.length) : value;
    return { provider: isProviderId(provider) ? provider : null, hasSignedOut };
  }

  /** Only where there is a page that shows it. */
  set(response: Response, provider: ProviderId): void {
    if (this.config.pages) this.write(response, provider);
  }

  signedOut(request: Request, response: Response): void {
    this.write(response, (this.read(request).provider ?? '') + SIGNED_OUT);
  }

  /** After the page has said so. */
  told(response: Response, { provider }: LastSignIn): void {
    if (provider === null) this.clear(response);
    else this.write(response, provider);
  }

  clear(response: Response): void {
    response.clearCookie(this.name, cookieFlags(this.config.publicUrl));
  }

  private write(response: Response, value: string): void {
    const flags = { ...cookieFlags(this.config.publicUrl), maxAge: LIFETIME_MS };
    response.cookie(this.name, value, flags);
  }
}
