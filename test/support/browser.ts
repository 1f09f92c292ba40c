import type { Agent } from 'node:https';
import request, { type Response } from 'supertest';
import { CookieJar } from 'tough-cookie';
import type { ProviderId } from '../../src/common/provider-id.js';
import type { Latchkey } from './latchkey.js';
import { requireListed } from './listed-codes.js';

/** What a person does at the provider's consent page: who they are, whether they allow it, and what goes wrong. */
export interface Consent {
  decision?: 'allow' | 'deny';
  /** One of the sandbox's ready-made people; or describe one. */
  person?: string;
  subject?: string;
  name?: string;
  email?: string;
  emailVerified?: boolean;
  username?: string;
  hostedDomain?: string;
  picture?: string;
  fault?: string;
}

type Headers = Record<string, string>;

const PAGE = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** One person's browser: a cookie jar of its own, redirects that are looked at one by one, and a browser's headers. */
export class Browser {
  /**
   * @param agent how to connect, where it is not in the ordinary way
   * @param jar that of a browser that is open at another service too
   */
  constructor(
    private readonly latchkey: Pick<Latchkey, 'url'> & Partial<Pick<Latchkey, 'environment'>>,
    private readonly agent?: Agent,
    readonly jar = new CookieJar(undefined, { rejectPublicSuffixes: false }),
  ) {}

  /** Navigates, as by typing an address or following a link. */
  get(target: string, headers: Headers = {}): Promise<Response> {
    return this.send('get', target, { Accept: PAGE, 'Sec-Fetch-Site': 'none', ...headers });
  }

  /** Asks the API, as a script on the service's own origin does. */
  api(target: string, headers: Headers = {}): Promise<Response> {
    return this.send('get', target, {
      Accept: 'application/json',
      'Sec-Fetch-Site': 'same-origin',
      ...headers,
    });
  }

  /** Changes something through the API. */
  apiSend(method: 'post' | 'delete', target: string, headers: Headers = {}): Promise<Response> {
    return this.send(method, target, {
      Accept: 'application/json',
      'Sec-Fetch-Site': 'same-origin',
      ...headers,
    });
  }

  /** Sends the API a JSON document. */
  apiPatch(target: string, body: unknown, headers: Headers = {}): Promise<Response> {
    const json = { Accept: 'application/json', 'Content-Type': 'application/json' };
    const sent = { ...json, 'Sec-Fetch-Site': 'same-origin', ...headers };
    return this.send('patch', target, sent, JSON.stringify(body));
  }

  /**
   * Submits a form of a page of the service.
   *
   * @param target a form of the account's pages is sent as it stands on the page of whoever is signed in now, unless the
   *   target has a query of its own
   * @param from another site, whose page has the form
   */
  async submit(
    target: string,
    fields: Record<string, string> = {},
    from?: string,
  ): Promise<Response> {
    const own = /^\/account\/[^?]*$/.test(target) ? `?user=${await this.userId()}` : '';
    return this.send(
      'post',
      target + own,
      {
        Accept: PAGE,
        'Sec-Fetch-Site': from === undefined ? 'same-origin' : 'cross-site',
        Origin: from ?? this.origin,
      },
      new URLSearchParams(fields).toString(),
    );
  }

  /** Submits a form of a page anywhere, such as of another site. */
  post(target: string, fields: Record<string, string>, headers: Headers): Promise<Response> {
    const navigation = { Accept: PAGE, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
    const body = new URLSearchParams(fields).toString();
    return this.send('post', target, { ...navigation, ...headers }, body);
  }

  /** Where its cookies are at home: one for a whole domain is not taken from localhost. */
  private get site(): string {
    const { COOKIE_DOMAIN: domain, PUBLIC_URL: publicUrl } = this.latchkey.environment ?? {};
    return domain === undefined ? this.latchkey.url : (publicUrl ?? this.latchkey.url);
  }

  private get origin(): string {
    return new URL(this.latchkey.environment?.['PUBLIC_URL'] ?? this.latchkey.url).origin;
  }

  private get prefix(): string {
    const publicUrl = this.latchkey.environment?.['PUBLIC_URL'];
    return publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/$/, '');
  }

  private async userId(): Promise<string> {
    const { body } = await this.api('/auth/session');
    return (body as { user: { id: string } | null }).user?.id ?? 'nobody';
  }

  /** Starts a sign-in. Returns the provider's page that the browser is sent to. */
  async start(provider: ProviderId, query: Record<string, string> = {}): Promise<string> {
    const search = new URLSearchParams(query).toString();
    const response = await this.get(`/auth/${provider}${search && `?${search}`}`);
    if (response.status !== 302) {
      throw new Error(`The start answered ${response.status} ${JSON.stringify(response.body)}`);
    }
    return locationOf(response);
  }

  /** Answers the provider's consent page. Returns the callback that the browser is sent to. */
  async consent(authorizeUrl: string, consent: Consent): Promise<string> {
    const page = await request(new URL(authorizeUrl).origin)
      .get(pathOf(authorizeUrl))
      .set('Accept', 'application/json');
    const { request: id, action } = page.body as { request?: string; action?: string };
    if (id === undefined || action === undefined) {
      throw new Error(`The provider answered ${page.status} ${page.text}`);
    }
    const fields = Object.entries({ decision: 'allow', ...consent, request: id }).map(
      ([name, value]) => [name, String(value)] as const,
    );
    const answer = await request(new URL(authorizeUrl).origin)
      .post(action)
      .type('form')
      .send(Object.fromEntries(fields));
    if (answer.status !== 302 && answer.status !== 303) {
      throw new Error(`The consent answered ${answer.status} ${answer.text}`);
    }
    return locationOf(answer);
  }

  /** Follows the provider's redirect back to the service. */
  callback(callbackUrl: string, headers: Headers = {}): Promise<Response> {
    return this.get(pathOf(callbackUrl), { 'Sec-Fetch-Site': 'cross-site', ...headers });
  }

  /** Signs in, start to callback. Returns the callback's answer. */
  async signIn(
    provider: ProviderId,
    consent: Consent = { person: 'ada' },
    query: Record<string, string> = {},
  ): Promise<Response> {
    return this.callback(await this.consent(await this.start(provider, query), consent));
  }

  /** The cookies of the service, by name. */
  async cookies(): Promise<Record<string, string>> {
    const cookies = await this.jar.getCookies(this.site);
    return Object.fromEntries(cookies.map(({ key, value }) => [key, value]));
  }

  /** Its cookies, but for those of attempts, which stay for a minute after the callback. */
  async lastingCookies(): Promise<Record<string, string>> {
    const cookies = Object.entries(await this.cookies());
    return Object.fromEntries(cookies.filter(([name]) => !name.includes('-attempt-')));
  }

  private async send(
    method: 'get' | 'post' | 'patch' | 'delete',
    target: string,
    headers: Headers,
    body?: string,
  ): Promise<Response> {
    const url = new URL(target, this.site);
    const cookie = await this.jar.getCookieString(url.href);
    const site = request(this.latchkey.url);
    const pending = site[method](url.pathname + url.search).redirects(0);
    if (body !== undefined) pending.type('form');
    if (this.agent !== undefined) pending.agent(this.agent);
    if (this.site !== this.latchkey.url) pending.set('Host', url.host);
    if (cookie !== '') pending.set('Cookie', cookie);
    pending.set(headers);
    const response = await (body === undefined ? pending : pending.send(body));
    const isBelow = url.pathname.startsWith(`${this.prefix}/`);
    if (isBelow) requireListed(method, url.pathname.slice(this.prefix.length), response);
    for (const set of ([] as string[]).concat(response.headers['set-cookie'] ?? [])) {
      // One for another domain is ignored, as browsers do.
      await this.jar.setCookie(set, url.href, { ignoreError: true });
    }
    return response;
  }
}

/** The Location header of a redirect. */
export function locationOf(response: Response): string {
  const { location } = response.headers as Record<string, string | undefined>;
  if (location === undefined) throw new Error(`No Location in a ${response.status} answer`);
  return location;
}

/** Where a redirect leads, without the empty fragment that answers to Facebook have. */
export function targetOf(response: Response): string {
  return locationOf(response).replace(/#$/, '');
}

/** The query parameters of a redirect. */
export function paramsOf(response: Response): Record<string, string> {
  return Object.fromEntries(new URL(locationOf(response), 'http://base').searchParams);
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
