import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import type { ProviderId } from '../../src/common/provider-id.js';
import { Metrics } from '../../src/telemetry/metrics.js';
import { RecoveryService } from '../../src/users/recovery.service.js';
import { accountSuite } from '../support/account-suite.js';
import { link, me, signedIn, type Somebody, somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import {
  answer,
  answerFor,
  APP,
  asApp,
  type Bearer,
  bearerOf,
  begin,
  type Begun,
  codeIn,
  completeAsApp,
  exchange,
  HANDOVER_TARGETS,
  startByForm,
  stepUpAsApp,
  TARGET,
} from '../support/handover.js';
import { samplesOf, valueOf } from '../support/metrics.js';
import { identityRows } from '../support/rows.js';

const latchkey = accountSuite({ HANDOVER_TARGETS, PAGES: 'off' });

const EMAIL = 'ada@example.com';

let ada: Somebody;
let x: Somebody;

beforeEach(async () => {
  ada = somebody({ name: 'Ada Lovelace', email: EMAIL });
  x = somebody({ name: 'Ada at X', email: EMAIL });
  await signedIn(latchkey, 'google', ada);
});

/** A sign-in by X at an application, whose address is the Google user's. */
async function refused(
  begun: Begun,
  browser = new Browser(latchkey),
  [provider, person]: [ProviderId, Somebody] = ['twitter', x],
): Promise<Response> {
  const start = await startByForm(browser, begun.fields, { provider });
  return browser.callback(await browser.consent(locationOf(start), person));
}

const waiting = () =>
  latchkey.database
    .selectFrom('handovers')
    .select('id')
    .where('kind', '=', 'pending-link')
    .execute();

const codeOf = ({ body }: Response) => (body as { code: string }).code;

const complete = (by: Bearer, code: string, begun: Begun) =>
  completeAsApp(latchkey, by, code, begun);

async function steppedUp(person = ada): Promise<Bearer> {
  const bearer = await bearerOf(latchkey, person);
  expect((await stepUpAsApp(latchkey, bearer, person)).status).toBe(204);
  return bearer;
}

const providersOf = async (by: Bearer) =>
  ((await asApp(latchkey, by, 'get', '/users/me/identities')).body as { provider: string }[]).map(
    ({ provider }) => provider,
  );

/** Has what the provider has answered come from elsewhere, as if its configured address were a new one. */
async function fromElsewhere(): Promise<void> {
  const { answer: stored } = await latchkey.database
    .selectFrom('handovers')
    .select('answer')
    .where('kind', '=', 'pending-link')
    .executeTakeFirstOrThrow();
  const moved = { ...(JSON.parse(String(stored)) as object), issuer: 'https://old.example' };
  await latchkey.database
    .updateTable('handovers')
    .set({ answer: JSON.stringify(moved) })
    .where('kind', '=', 'pending-link')
    .execute();
}

const ended = async (outcome: string) =>
  valueOf(
    samplesOf(await latchkey.app.get(Metrics).registry.metrics()),
    'latchkey_sign_ins_total',
    { provider: 'twitter', outcome },
  );

describe('account_exists at an application', () => {
  it('comes back with a code, which connects the identity once its owner has signed in there', async () => {
    const begun = begin();
    const before = await identityRows(latchkey.database);
    const browser = new Browser(latchkey);
    const back = await refused(begun, browser);
    expect(answerFor(back)).toEqual({
      error: 'account_exists',
      code: expect.any(String),
      state: begun.fields.state,
      iss: latchkey.url,
    });
    expect(await browser.lastingCookies()).toEqual({});
    const { users, identities, sessions } = await identityRows(latchkey.database);
    expect([users, identities, sessions]).toEqual([
      before.users,
      before.identities,
      before.sessions,
    ]);
    const bearer = await steppedUp();
    expect((await complete(bearer, codeIn(back), begun)).status).toBe(204);
    expect(await providersOf(bearer)).toEqual(['google', 'twitter']);
    expect(codeOf(await complete(bearer, codeIn(back), begun))).toBe('invalid_grant');
    const { body } = await asApp(latchkey, bearer, 'get', '/users/me/activity');
    expect((body as { items: object[] }).items[0]).toMatchObject({
      event: 'identity_linked',
      provider: 'twitter',
      via: 'pending_link',
    });
  });

  it('is asked first where anybody may have begun, and says nothing of the account', async () => {
    const begun = begin(APP);
    const browser = new Browser(latchkey);
    const start = await browser.start('twitter', begun.fields);
    const back = await browser.callback(await browser.consent(start, x));
    const page = await browser.get(locationOf(back));
    expect(page.text).toContain('There is already an account with this email address');
    expect(page.text).toContain('Ada at X');
    expect(page.text).not.toContain('Ada Lovelace');
    const answered = await answer(browser, page);
    expect(answerFor(answered, APP)).toEqual({
      error: 'account_exists',
      code: expect.any(String),
      state: begun.fields.state,
      iss: latchkey.url,
    });
    const bearer = await bearerOf(latchkey, ada, APP);
    const code = codeIn(answered, APP);
    expect(codeOf(await complete(bearer, code, begun))).toBe('reauth_required');
  });

  it('is declined', async () => {
    const begun = begin(APP);
    const browser = new Browser(latchkey);
    const start = await browser.start('twitter', begun.fields);
    const back = await browser.callback(await browser.consent(start, x));
    const answered = await answer(browser, await browser.get(locationOf(back)), 'no');
    expect(answerFor(answered, APP)).toMatchObject({ error: 'access_denied' });
    expect(await latchkey.database.selectFrom('handovers').selectAll().execute()).toEqual([]);
  });

  it('needs a step-up, which a session that has just begun is not', async () => {
    const begun = begin();
    const back = await refused(begun);
    const bearer = await bearerOf(latchkey, ada);
    expect(codeOf(await complete(bearer, codeIn(back), begun))).toBe('reauth_required');
    expect(await providersOf(bearer)).toEqual(['google']);
  });

  it('is the owner’s alone, at the same target, with the verifier, and no session', async () => {
    const begun = begin();
    const code = codeIn(await refused(begun));
    const stranger = await steppedUp(somebody());
    expect(codeOf(await complete(stranger, code, begun))).toBe('invalid_grant');
    const elsewhere = await bearerOf(latchkey, ada, APP);
    expect(codeOf(await complete(elsewhere, code, begun))).toBe('invalid_grant');
    const bearer = await steppedUp();
    expect(codeOf(await complete(bearer, code, begin()))).toBe('invalid_grant');
    const body = { code, codeVerifier: begun.verifier, target: TARGET };
    expect(codeOf(await exchange(latchkey, body))).toBe('invalid_grant');
    expect((await complete(bearer, code, begun)).status).toBe(204);
  });

  it('waits ten minutes, and not longer', async () => {
    const begun = begin();
    const code = codeIn(await refused(begun));
    const { expires_at } = await latchkey.database
      .selectFrom('handovers')
      .select('expires_at')
      .executeTakeFirstOrThrow();
    expect(expires_at - Date.now()).toBeGreaterThan(9 * 60_000);
    const bearer = await steppedUp();
    await latchkey.database.updateTable('handovers').set({ expires_at: Date.now() }).execute();
    expect(codeOf(await complete(bearer, code, begun))).toBe('invalid_grant');
  });

  it('ends when the owner signs out everywhere', async () => {
    const begun = begin();
    const code = codeIn(await refused(begun));
    const browser = await signedIn(latchkey, 'google', ada);
    expect((await browser.apiSend('delete', '/users/me/sessions')).status).toBe(204);
    const bearer = await steppedUp();
    expect(codeOf(await complete(bearer, code, begun))).toBe('invalid_grant');
  });

  it('pushes out no sign-in of the owner', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const start = await startByForm(browser, begun.fields);
    const back = await browser.callback(await browser.consent(locationOf(start), ada));
    for (let at = 0; at < 22; at += 1) await refused(begin());
    const body = { code: codeIn(back), codeVerifier: begun.verifier, target: TARGET };
    expect((await exchange(latchkey, body)).status).toBe(200);
    expect(await waiting()).toHaveLength(1);
  });

  it('pushes out nothing that waits of another identity, however often', async () => {
    const begun = begin();
    const code = codeIn(await refused(begun));
    const stranger = somebody({ email: EMAIL });
    for (let at = 0; at < 22; at += 1) {
      codeIn(await refused(begin(), new Browser(latchkey), ['facebook', stranger]));
    }
    expect(await waiting()).toHaveLength(2);
    expect((await complete(await steppedUp(), code, begun)).status).toBe(204);
  });

  it('waits no longer once the operator has released the address', async () => {
    const begun = begin();
    const code = codeIn(await refused(begun));
    const bearer = await steppedUp();
    await latchkey.app.get(RecoveryService).releaseAddress(bearer.user.id, EMAIL);
    expect(codeOf(await complete(bearer, code, begun))).toBe('invalid_grant');
    expect(await providersOf(bearer)).toEqual(['google']);
  });

  it('uses up no connection of the day where the session has not stepped up', async () => {
    const begun = begin();
    const code = codeIn(await refused(begun));
    const bearer = await bearerOf(latchkey, ada);
    for (let at = 0; at < 5; at += 1) {
      expect(codeOf(await complete(bearer, code, begun))).toBe('reauth_required');
    }
    const browser = new Browser(latchkey);
    await browser.signIn('google', ada);
    expect((await link(browser, 'facebook')).status).toBe(302);
    expect(await providersOf(bearer)).toEqual(['google', 'facebook']);
  });

  it('counts as refused, and not as a sign-in', async () => {
    const before = [await ended('account_exists'), await ended('success')];
    codeIn(await refused(begin()));
    expect([await ended('account_exists'), await ended('success')]).toEqual([
      (before[0] ?? 0) + 1,
      before[1],
    ]);
  });

  it('connects nothing of an issuer that is not configured any more', async () => {
    const begun = begin();
    const code = codeIn(await refused(begun));
    const bearer = await steppedUp();
    await fromElsewhere();
    expect(codeOf(await complete(bearer, code, begun))).toBe('invalid_grant');
    expect(await providersOf(bearer)).toEqual(['google']);
  });

  it('comes back once more where the callback is delivered twice', async () => {
    const begun = begin();
    const browser = new Browser(latchkey);
    const start = await startByForm(browser, begun.fields, { provider: 'twitter' });
    const callback = await browser.consent(locationOf(start), x);
    const first = await browser.callback(callback);
    expect(answerFor(await browser.callback(callback))).toEqual(answerFor(first));
    expect((await me(await signedIn(latchkey, 'google', ada))).identities).toHaveLength(1);
  });
});
