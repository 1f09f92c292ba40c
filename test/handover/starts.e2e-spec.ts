import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { identityRows } from '../support/rows.js';
import { me, sessionCookie, signedIn, somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import {
  answerFor,
  begin,
  bearerOf,
  codeIn,
  CONFIRM,
  exchange,
  handOver,
  HANDOVER_TARGETS,
  PREVIEW,
  SITE,
  startByForm,
  TARGET,
} from '../support/handover.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

const FRONT_END = 'https://front.example';

let latchkey: Latchkey;
let browser: Browser;

beforeAll(async () => {
  latchkey = await startLatchkey({ HANDOVER_TARGETS, ALLOWED_ORIGINS: FRONT_END });
});

beforeEach(() => {
  browser = new Browser(latchkey);
});

afterAll(() => latchkey.close());

async function expectNothingBegun(response: Response): Promise<void> {
  expect([response.status, response.headers['set-cookie']]).toEqual([400, undefined]);
  expect(latchkey.sandbox.requests.filter(({ path }) => path.includes('authorize'))).toEqual([]);
  expect(await browser.cookies()).toEqual({});
}

describe('a start whose challenge binds nothing', () => {
  const { fields } = begin();
  const cases: [string, Record<string, string | string[]>][] = [
    ['no challenge', { returnTo: TARGET }],
    ['no method', { returnTo: TARGET, code_challenge: fields.code_challenge }],
    ['plain', { ...fields, code_challenge_method: 'plain' }],
    ['a method in lower case', { ...fields, code_challenge_method: 's256' }],
    ['a challenge that is too short', { ...fields, code_challenge: 'x'.repeat(42) }],
    ['a challenge that is too long', { ...fields, code_challenge: 'x'.repeat(44) }],
    ['a challenge with padding', { ...fields, code_challenge: `${'x'.repeat(42)}=` }],
    ['an empty challenge', { ...fields, code_challenge: '' }],
    ['a state that is too long', { ...fields, state: 'x'.repeat(257) }],
    ['a state with a line break', { ...fields, state: 'x\r\ny' }],
    ['a challenge with another returnTo', { ...fields, returnTo: '/account' }],
    ['a challenge with a front end’s returnTo', { ...fields, returnTo: `${FRONT_END}/` }],
    ['a challenge with a stranger’s returnTo', { ...fields, returnTo: 'https://evil.test/cb' }],
    ['a challenge with nearly a target', { ...fields, returnTo: `${TARGET}/` }],
  ];

  it.each(cases)('is refused as a link: %s', async (_name, query) => {
    const search = new URLSearchParams(query as Record<string, string>).toString();
    await expectNothingBegun(await browser.api(`/auth/google?${search}`));
  });

  it.each(cases)('is refused as a form: %s', async (_name, given) => {
    await expectNothingBegun(await startByForm(browser, given as Record<string, string>));
  });

  it.each(['code_challenge', 'code_challenge_method', 'state'])(
    'is refused: %s twice',
    async (name) => {
      const search = new URLSearchParams(fields).toString();
      await expectNothingBegun(await browser.api(`/auth/google?${search}&${name}=x`));
    },
  );

  it('is refused as a form without a target', async () => {
    await expectNothingBegun(await startByForm(browser, { returnTo: '/account' }));
    await expectNothingBegun(await startByForm(browser, {}));
  });
});

describe('a form of the target’s own page', () => {
  it('hands over without a question', async () => {
    const begun = begin();
    const back = await handOver(latchkey, begun);
    expect(answerFor(back)).toEqual({
      code: expect.stringMatching(/^[\w-]{43}$/),
      state: begun.fields.state,
      iss: latchkey.url,
    });
    const code = codeIn(back);
    const answer = await exchange(latchkey, { code, codeVerifier: begun.verifier, target: TARGET });
    expect(answer.status).toBe(200);
  });

  it('needs no state', async () => {
    const { returnTo, code_challenge, code_challenge_method } = begin().fields;
    const start = await startByForm(browser, { returnTo, code_challenge, code_challenge_method });
    const back = await browser.callback(await browser.consent(locationOf(start), somebody()));
    expect(Object.keys(answerFor(back))).toEqual(['code', 'iss']);
  });

  it('gives the state back as it was', async () => {
    const begun = begin();
    begun.fields.state = 'a b&c=d#é?'.replace('é', '%C3');
    const back = await handOver(latchkey, begun);
    expect(answerFor(back)['state']).toBe(begun.fields.state);
  });

  it.each([
    ['another target’s page', 'https://second.example'],
    ['a preview’s page', 'https://pr-7.preview.example.dev'],
    ['a front end', FRONT_END],
  ])('asks, where the form is of %s', async (_name, origin) => {
    const start = await startByForm(browser, begin().fields, { origin });
    const back = await browser.callback(await browser.consent(locationOf(start), somebody()));
    expect(locationOf(back)).toBe(CONFIRM);
  });

  it('asks, where the target has a star', async () => {
    const origin = 'https://pr-7.preview.example.dev';
    const start = await startByForm(browser, begin(PREVIEW).fields, { origin });
    const back = await browser.callback(await browser.consent(locationOf(start), somebody()));
    expect(locationOf(back)).toBe(CONFIRM);
  });

  it.each([
    ['a stranger', 'https://evil.test'],
    ['nobody', 'null'],
    ['a look-alike', `${SITE}.evil.test`],
    ['its http twin', SITE.replace('https', 'http')],
    ['another port', `${SITE}:8443`],
  ])('is refused from %s', async (_name, origin) => {
    const answer = await startByForm(browser, begin().fields, { origin });
    expect(answer.status).toBe(403);
    expect(await browser.cookies()).toEqual({});
  });

  it('reaches no other route', async () => {
    const member = await signedIn(latchkey);
    for (const path of [
      '/auth/logout',
      '/auth/pending-link',
      '/auth/google/link',
      '/users/me/export',
    ]) {
      const answer = await member.post(path, {}, { 'Sec-Fetch-Site': 'same-site', Origin: SITE });
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await me(member)).id).toBeTruthy();
  });

  it('begins nothing as a script’s request', async () => {
    const answer = await browser.post('/auth/google', begin().fields, {
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'cors',
      'Sec-Fetch-Dest': 'empty',
      Accept: 'application/json',
      Origin: SITE,
    });
    expect(answer.status).toBe(400);
    expect(await browser.cookies()).toEqual({});
  });
});

describe('a browser that is signed in', () => {
  it('stays so, and nobody looks', async () => {
    const ada = somebody();
    browser = await signedIn(latchkey, 'google', ada);
    const before = [await sessionCookie(browser), (await identityRows(latchkey.database)).sessions];
    const grace = somebody();
    codeIn(await handOver(latchkey, begin(), { browser, person: grace }));
    expect([
      await sessionCookie(browser),
      (await identityRows(latchkey.database)).sessions,
    ]).toEqual(before);
    const { identities } = await me(browser);
    expect(identities.map(({ subject }) => subject)).toEqual([ada.subject]);
  });

  it('is not stepped up by a hand-over that asks anew', async () => {
    const ada = somebody();
    browser = await signedIn(latchkey, 'google', ada);
    const proofs = () => identityRows(latchkey.database).then((rows) => rows.proofs);
    const before = await proofs();
    const more = { prompt: 'login' };
    codeIn(await handOver(latchkey, begin(), { browser, person: ada, more }));
    expect(await proofs()).toEqual(before);
  });

  it('keeps a pending link that it had not', async () => {
    await signedIn(latchkey, 'google', somebody({ email: 'taken@example.com' }));
    const fresh = new Browser(latchkey);
    const start = await startByForm(fresh, begin().fields, { provider: 'twitter' });
    const back = await fresh.callback(
      await fresh.consent(locationOf(start), somebody({ email: 'taken@example.com' })),
    );
    expect(answerFor(back)['error']).toBe('account_exists');
    expect(Object.keys(await fresh.lastingCookies())).toEqual([]);
  });
});

describe('an error', () => {
  it.each<[string, object, string]>([
    ['declined', { decision: 'deny' }, 'access_denied'],
    ['a failing provider', { fault: 'token_error' }, 'provider_error'],
    ['a forged identity', { fault: 'id_token_bad_signature' }, 'invalid_id_token'],
  ])('comes back to the target: %s', async (_name, consent, code) => {
    const begun = begin();
    const back = await handOver(latchkey, begun, { person: { ...somebody(), ...consent } });
    expect(answerFor(back)).toEqual({
      error: code,
      state: begun.fields.state,
      iss: latchkey.url,
    });
  });

  it('comes back for somebody who is disabled', async () => {
    const ada = somebody();
    await bearerOf(latchkey, ada);
    await latchkey.database.updateTable('users').set({ disabled_at: Date.now() }).execute();
    const back = await handOver(latchkey, begin(), { person: ada });
    await latchkey.database.updateTable('users').set({ disabled_at: null }).execute();
    expect(answerFor(back)['error']).toBe('account_disabled');
  });

  it('of another browser’s callback stays here', async () => {
    const start = await startByForm(browser, begin().fields);
    const callback = await browser.consent(locationOf(start), somebody());
    const back = await new Browser(latchkey).callback(callback);
    expect(locationOf(back)).toMatch(/^\/\?error=invalid_state/);
  });

  it('is told once more, with the same code, where a browser brings the callback twice', async () => {
    const start = await startByForm(browser, begin().fields);
    const callback = await browser.consent(locationOf(start), somebody());
    const one = await browser.callback(callback);
    const other = await browser.callback(callback);
    expect(codeIn(other)).toBe(codeIn(one));
  });
});
