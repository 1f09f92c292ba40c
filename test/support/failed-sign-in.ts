import { expect } from '@jest/globals';
import type { Response } from 'supertest';
import { type ErrorCode, messageOf, statusOf } from '../../src/common/errors/app-error.js';
import type { ProviderId } from '../../src/common/provider-id.js';
import { Browser, type Consent, locationOf, paramsOf } from './browser.js';
import { namesOf, sessionAmong } from './cookies.js';
import type { Latchkey } from './latchkey.js';
import { identityRows } from './rows.js';

/** What the sandbox's broken answers say: none of it may come through. */
const PROVIDERS_WORDS =
  /broken-answer|invalid_grant|Bad Request|verification code|expired token|unexpected error|Internal error|Rate limit|Quota|permission|request limit|access level|That’s an error|It works|not approved|App not active|unknown error/i;

export interface Failing {
  provider: ProviderId;
  code: ErrorCode;
  /** What the person does at the provider; the fault may be among it. */
  consent?: Consent;
  /** Makes the provider fail. The sign-in is tried twice, at once: it has to fail for both. */
  arm?: () => void;
}

/**
 * Plays a sign-in that has to fail, in the browser of a visitor and as a JSON client in the browser of somebody who is
 * signed in, and checks all that a failure must and must not do.
 */
export async function expectFailedSignIn(
  latchkey: Latchkey,
  member: Browser,
  { provider, code, consent = {}, arm }: Failing,
): Promise<void> {
  const visitor = new Browser(latchkey);
  const decision = { ...(consent.subject === undefined && { person: 'ada' }), ...consent };
  const [one, other] = [
    await visitor.consent(await visitor.start(provider), decision),
    await member.consent(await member.start(provider), decision),
  ];
  const before = await stateOf(latchkey, member);
  arm?.();
  const [page, json] = await Promise.all([
    visitor.callback(one),
    member.callback(other, { Accept: 'application/json' }),
  ]);
  expectErrorRedirect(page, provider, code);
  expectProblem(json, code);
  expect(await stateOf(latchkey, member)).toEqual(before);
  expect((await visitor.api('/auth/session')).body).toMatchObject({ user: null, session: null });
  // The attempt's cookie stays for a minute, so that a second delivery gets the same answer.
  const [finished = ''] = Object.keys(await visitor.cookies());
  expect(finished).toContain(namesOf(latchkey).attempt);
  expect(Object.keys(await visitor.cookies())).toEqual([finished]);
  expect(latchkey.sandbox.requests.map(({ path }) => path)).not.toContainEqual(
    expect.stringMatching(/\/elsewhere$/),
  );
}

async function stateOf(latchkey: Latchkey, member: Browser) {
  const cookie = sessionAmong(await member.cookies());
  const { body } = await member.api('/auth/session');
  return { rows: await identityRows(latchkey.database), cookie, session: body as object };
}

/** A redirect to the sign-in page that says what failed, and nothing else. */
export function expectErrorRedirect(
  response: Response,
  provider: ProviderId,
  code: ErrorCode,
  more: Record<string, string> = {},
): void {
  expect(response.status).toBe(302);
  expect(locationOf(response)).toMatch(/^\/\?/);
  expect(paramsOf(response)).toEqual({
    error: code,
    provider,
    requestId: response.headers['x-request-id'],
    ...more,
  });
  expect(locationOf(response) + response.text).not.toMatch(PROVIDERS_WORDS);
}

/** Problem details that say what failed, and nothing else. */
export function expectProblem(response: Response, code: ErrorCode): void {
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(response.status).toBe(statusOf(code));
  expect(JSON.parse(response.text)).toEqual({
    type: 'about:blank',
    title: expect.any(String),
    status: statusOf(code),
    code,
    detail: messageOf(code),
    requestId: response.headers['x-request-id'],
  });
}
