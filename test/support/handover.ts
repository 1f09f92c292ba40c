import { createHash, randomBytes } from 'node:crypto';
import request, { type Response, type Test } from 'supertest';
import type { ProviderId } from '../../src/common/provider-id.js';
import { somebody } from './accounts.js';
import { Browser, type Consent, locationOf } from './browser.js';
import type { Latchkey } from './latchkey.js';
import { requireListed } from './listed-codes.js';

export const SITE = 'https://app.other.example';
export const TARGET = `${SITE}/cb`;
export const APP = 'com.example.app:/callback';
export const PROGRAM = 'http://127.0.0.1:51234/cb';
export const PREVIEW = 'https://pr-7.preview.example.dev/cb';

export const HANDOVER_TARGETS = [
  TARGET,
  'https://second.example/cb',
  'https://pr-*.preview.example.dev/cb',
  APP,
  'http://127.0.0.1:*/cb',
].join(',');

export const CONFIRM = '/auth/handover/confirm';

/** What an application keeps while the person is on their way. */
export interface Begun {
  verifier: string;
  fields: {
    returnTo: string;
    code_challenge: string;
    code_challenge_method: string;
    state: string;
  };
}

export function begin(target = TARGET): Begun {
  const verifier = randomBytes(32).toString('base64url');
  const code_challenge = createHash('sha256').update(verifier).digest('base64url');
  const state = randomBytes(8).toString('base64url');
  const fields = { returnTo: target, code_challenge, code_challenge_method: 'S256', state };
  return { verifier, fields };
}

/** The form of a page of another site starts a hand-over. */
export function startByForm(
  browser: Browser,
  fields: Record<string, string>,
  { origin = SITE, provider = 'google' }: { origin?: string; provider?: ProviderId } = {},
): Promise<Response> {
  return browser.post(`/auth/${provider}`, fields, {
    'Sec-Fetch-Site': 'cross-site',
    Origin: origin,
  });
}

/** The way of a hand-over that needs no click, as far as the answer that leads to the target. */
export async function handOver(
  latchkey: Latchkey,
  begun: Begun,
  {
    person = somebody(),
    browser = new Browser(latchkey),
    more = {},
  }: { person?: Consent; browser?: Browser; more?: Record<string, string> } = {},
): Promise<Response> {
  const start = await startByForm(browser, { ...begun.fields, ...more });
  if (start.status !== 303) throw new Error(`The start answered ${start.status} ${start.text}`);
  return browser.callback(await browser.consent(locationOf(start), person));
}

/** The way of a hand-over that a link begins, as far as the page that asks. */
export async function handOverByLink(
  browser: Browser,
  begun: Begun,
  person: Consent = somebody(),
): Promise<Response> {
  const back = await browser.callback(
    await browser.consent(await browser.start('google', begun.fields), person),
  );
  return browser.get(locationOf(back));
}

/** Answers the page that asks. */
export function answer(
  browser: Browser,
  page: Response,
  decision: 'yes' | 'no' = 'yes',
): Promise<Response> {
  return browser.submit(CONFIRM, { handover: idOn(page), decision });
}

export function idOn(page: Response): string {
  const [, id] = /name="handover" value="([^"]+)"/.exec(page.text) ?? [];
  if (id === undefined) throw new Error(`No question in a ${page.status} answer: ${page.text}`);
  return id;
}

/** What an answer has for the target: its parameters, once it leads there. */
export function answerFor(response: Response, target = TARGET): Record<string, string> {
  const location = locationOf(response).replace(/#$/, '');
  if (!location.startsWith(`${target}?`)) throw new Error(`It leads to ${location}`);
  return Object.fromEntries(new URLSearchParams(location.slice(target.length + 1)));
}

export function codeIn(response: Response, target = TARGET): string {
  const { code } = answerFor(response, target);
  if (code === undefined) throw new Error(`No code in ${locationOf(response)}`);
  return code;
}

/** The server of an application exchanges a code. */
export function exchange(
  { url }: Pick<Latchkey, 'url'>,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const path = '/auth/session/exchange';
  const sent = request(url).post(path).set(headers).send(body);
  return sent.expect((response) => requireListed('post', path, response));
}

export interface Bearer {
  sessionToken: string;
  expiresAt: string;
  user: { id: string; displayName: string };
}

/** Signs somebody in at an application, start to exchange. */
export async function bearerOf(
  latchkey: Latchkey,
  person: Consent = somebody(),
  target = TARGET,
): Promise<Bearer> {
  const begun = begin(target);
  const browser = new Browser(latchkey);
  const back =
    target === TARGET
      ? await handOver(latchkey, begun, { person, browser })
      : await answer(browser, await handOverByLink(browser, begun, person));
  const code = codeIn(back, target);
  const response = await exchange(latchkey, { code, codeVerifier: begun.verifier, target });
  if (response.status !== 200) throw new Error(`${response.status} ${response.text}`);
  return response.body as Bearer;
}

/** An application asks, with its token. */
export function asApp(
  { url }: Pick<Latchkey, 'url'>,
  { sessionToken }: Pick<Bearer, 'sessionToken'>,
  method: 'get' | 'post' | 'patch' | 'delete',
  path: string,
  headers: Record<string, string> = {},
): Test {
  const asking = request(url);
  return asking[method](path)
    .redirects(0)
    .expect((response) => requireListed(method, path.split('?')[0] ?? path, response))
    .set({ Authorization: `Bearer ${sessionToken}`, Accept: 'application/json', ...headers });
}
