import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { allowedReturnTo, CONFIG, type Config } from '../config/config.js';
import { CookieSignatures } from './cookie-signatures.js';
import { type CookiePlace, domainsUpTo, fitting, pathsUpTo } from './domain-cookie-places.js';
import { type OwnCookies, ownCookiesOf } from './own-cookies.js';
import { cookieFlags, cookieNames } from './session-cookie.js';
import { hashToken } from '../common/hash-token.js';
import { SessionsRepository } from './sessions.repository.js';

/** Of the headers of an answer, for which many a proxy has 4 KB in all. */
const MAX_EXPIRING_BYTES = 2048;

/** Tells it from a session cookie, which begins with `s:`. */
const MARK = 'd:';

/**
 * The cookie of COOKIE_DOMAIN, by which servers of sibling sub-domains see who is signed in. Its value follows from the
 * secret id of the session and does not lead back to it, so whoever has it can look and not act; a hash of it is in the
 * session's row, so that both end together.
 */
@Injectable()
export class DomainCookie {
  readonly isOn: boolean;
  private readonly name: string;
  private readonly domain: string;
  private readonly host: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly signatures: CookieSignatures,
    private readonly sessions: SessionsRepository,
  ) {
    this.isOn = config.cookieDomain !== null;
    this.name = cookieNames(config.publicUrl).domain;
    this.domain = config.cookieDomain ?? '';
    this.host = new URL(config.publicUrl.href).hostname;
  }

  /** The hash for the row of a session with this secret id; null without COOKIE_DOMAIN. */
  hashFor(token: string): string | null {
    return this.isOn ? hashToken(lookingToken(token)) : null;
  }

  /** The hashes of those that we have signed, each once. */
  hashesIn(cookies: OwnCookies): string[] {
    if (!this.isOn) return [];
    const tokens = (cookies.get(this.name) ?? []).flatMap(({ value }) => this.tokenIn(value) ?? []);
    return [...new Set(tokens.map(({ token }) => hashToken(token)))];
  }

  /** Gives a browser the one of the session that it has from now on. */
  set(request: Request, token: string, expiresAt: number): void {
    const { res: response } = request;
    if (!this.isOn || response === undefined) return;
    if (this.valuesIn(request).length > 1) this.expire(response, this.places(request.path));
    this.write(response, token, expiresAt);
  }

  /** Takes it from a browser whose session has ended. */
  clear(response: Response): void {
    if (!this.isOn) return;
    const { req: request } = response;
    if (this.valuesIn(request).length > 1) this.expire(response, this.places(request.path));
    response.clearCookie(this.name, { ...cookieFlags(this.config.publicUrl), domain: this.domain });
  }

  /**
   * Sees to it that a browser which is signed in has the one of its session and no other. A sibling can plant others,
   * also for the path to which the browser returns, where they do not show here.
   */
  async keep(
    request: Request,
    response: Response,
    { token, expiresAt }: { token: string; expiresAt: number },
  ): Promise<void> {
    const fault = this.faultOf(request, token);
    const isTossed = fault !== null && fault !== 'missing';
    const returnTo = this.returnToOf(request);
    this.expire(response, [
      ...(isTossed ? this.places(request.path) : []),
      ...(returnTo === null ? [] : this.placesElsewhere(returnTo)),
    ]);
    if (fault === null) return;
    request.domainCookie = fault;
    await this.sessions.addDomainToken(hashToken(token), hashToken(lookingToken(token)));
    this.write(response, token, expiresAt);
  }

  private faultOf(request: Request, token: string): DomainCookieFault | null {
    const values = this.valuesIn(request);
    const [value] = values;
    if (value === undefined) return 'missing';
    if (values.length > 1) return 'several';
    const signed = this.tokenIn(value);
    if (signed?.token !== lookingToken(token)) return 'another';
    return signed.age > 0 ? 'signed by an old secret' : null;
  }

  private valuesIn(request: Request): string[] {
    return (ownCookiesOf(request).get(this.name) ?? []).map(({ value }) => value);
  }

  private tokenIn(value: string): { token: string; age: number } | null {
    const signed = value.startsWith(MARK) ? this.signatures.verify(value) : null;
    return signed === null ? null : { token: signed.text.slice(MARK.length), age: signed.age };
  }

  private write(response: Response, token: string, expiresAt: number): void {
    response.cookie(this.name, this.signatures.sign(MARK + lookingToken(token)), {
      ...cookieFlags(this.config.publicUrl),
      domain: this.domain,
      expires: new Date(expiresAt),
    });
  }

  /** Only what a browser needs in order to drop it (RFC 6265bis §5.7), so that many have room. */
  private expire(response: Response, places: readonly CookiePlace[]): void {
    const secure = this.config.publicUrl.secure ? '; Secure' : '';
    const lines = places.map(
      ({ domain, path }) =>
        `${this.name}=; Max-Age=0${domain === undefined ? '' : `; Domain=${domain}`}; Path=${path}${secure}`,
    );
    for (const line of fitting(lines, MAX_EXPIRING_BYTES)) response.append('Set-Cookie', line);
  }

  /** Where another may lie that is sent to this host, but for where ours does; those last that only this host can set. */
  private places(path: string): CookiePlace[] {
    const paths = pathsUpTo(path);
    const domains = domainsUpTo(this.host, this.domain);
    const ofDomains = paths.flatMap((each) =>
      domains
        .filter((domain) => each !== '/' || domain !== this.domain)
        .map((domain) => ({ domain, path: each })),
    );
    return [...ofDomains, ...paths.map((each) => ({ path: each }))];
  }

  /** Where another may lie that is sent there, and that this host can expire. */
  private placesElsewhere({ hostname, pathname }: URL): CookiePlace[] {
    const domains = domainsUpTo(this.host, this.domain);
    const shared = domains.filter((each) => hostname === each || hostname.endsWith(`.${each}`));
    return pathsUpTo(pathname)
      .slice(1)
      .flatMap((path) => shared.map((domain) => ({ domain, path })));
  }

  private returnToOf({ query }: Request): URL | null {
    const { returnTo } = query;
    const target = returnTo === undefined ? null : allowedReturnTo(returnTo, this.config);
    return target === null ? null : new URL(target, this.config.publicUrl.origin);
  }
}

/** What a Domain cookie is the proof of. Nobody finds the secret id by it (RFC 2104). */
function lookingToken(token: string): string {
  return createHmac('sha256', token).update('latchkey domain cookie').digest('base64url');
}

type DomainCookieFault = 'missing' | 'several' | 'another' | 'signed by an old secret';
