import { describe, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import { me, signedIn, signedInWith, somebody, stepUp } from '../support/accounts.js';
import { expectProblem } from '../support/failed-sign-in.js';
import {
  APP,
  asApp,
  begin,
  type Begun,
  codeIn,
  exchange,
  handOver,
  HANDOVER_TARGETS,
  SITE,
  TARGET,
} from '../support/handover.js';
import { storedText } from '../support/rows.js';
import { Browser } from '../support/browser.js';
import { RecoveryService } from '../../src/users/recovery.service.js';
import { RestoresService } from '../../src/users/restores.service.js';
import { UserAdminService } from '../../src/users/user-admin.service.js';

const latchkey = accountSuite({ HANDOVER_TARGETS });

async function codeFor(
  person = somebody(),
): Promise<{ begun: Begun; body: Record<string, string> }> {
  const begun = begin();
  const code = codeIn(await handOver(latchkey, begun, { person }));
  return { begun, body: { code, codeVerifier: begun.verifier, target: TARGET } };
}

describe('a code', () => {
  it('is exchanged for a session of the person', async () => {
    const person = somebody({ name: 'Ada' });
    const { body } = await codeFor(person);
    const answer = await exchange(latchkey, body);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toEqual({
      sessionToken: expect.stringMatching(/^lks_[\w-]{43}$/),
      expiresAt: expect.any(String),
      user: expect.objectContaining({ displayName: 'Ada' }),
    });
    const { sessionToken, expiresAt } = answer.body as Record<string, string>;
    const hours = (Date.parse(expiresAt ?? '') - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(12, 1);
    const asked = await asApp(latchkey, { sessionToken: sessionToken ?? '' }, 'get', '/users/me');
    expect(asked.body).toEqual((answer.body as { user: object }).user);
  });

  it('is stored as a hash, and so is the token', async () => {
    const { body } = await codeFor();
    const before = await storedText(latchkey.database);
    const { sessionToken } = (await exchange(latchkey, body)).body as { sessionToken: string };
    const after = await storedText(latchkey.database);
    for (const secret of [
      body['code'],
      body['codeVerifier'],
      sessionToken,
      sessionToken.slice(4),
    ]) {
      expect([before, after].some((text) => text.includes(String(secret)))).toBe(false);
    }
  });

  it.each<[string, (body: Record<string, string>) => Record<string, string>]>([
    [
      'without its verifier',
      ({ code, target }) => ({ code: `${code}`, target: `${target}`, codeVerifier: '' }),
    ],
    ['with another verifier', (body) => ({ ...body, codeVerifier: begin().verifier })],
    ['with its challenge for a verifier', (body) => ({ ...body, codeVerifier: 'x'.repeat(43) })],
    ['for another target', (body) => ({ ...body, target: APP })],
    ['for nearly its target', (body) => ({ ...body, target: `${TARGET}?` })],
    ['that is another', (body) => ({ ...body, code: begin().verifier })],
  ])('%s is worth nothing, and goes on counting', async (_name, change) => {
    const { body } = await codeFor();
    expectProblem(await exchange(latchkey, change(body)), 'invalid_grant');
    expect((await exchange(latchkey, body)).status).toBe(200);
  });

  it.each<[string, object]>([
    ['nothing', {}],
    ['a number', { code: 1, codeVerifier: 'x', target: TARGET }],
    ['a list', { code: ['x'], codeVerifier: 'x', target: TARGET }],
  ])('has to come as described: %s', async (_name, body) => {
    const answer = await exchange(latchkey, body);
    expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, 'bad_request']);
  });

  it('counts for a minute', async () => {
    const { body } = await codeFor();
    const [row] = await latchkey.database.selectFrom('handovers').selectAll().execute();
    expect(row?.expires_at).toBeLessThanOrEqual(Date.now() + 60_000);
    await latchkey.database.updateTable('handovers').set({ expires_at: Date.now() }).execute();
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
    expect(await latchkey.database.selectFrom('sessions').selectAll().execute()).toEqual([]);
  });

  it('that is used twice ends the session that it made', async () => {
    const { body } = await codeFor();
    const bearer = (await exchange(latchkey, body)).body as { sessionToken: string };
    // Without the verifier it is not a second use.
    const wrong = { ...body, codeVerifier: begin().verifier };
    expectProblem(await exchange(latchkey, wrong), 'invalid_grant');
    expect((await asApp(latchkey, bearer, 'get', '/users/me')).status).toBe(200);
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
    expect((await asApp(latchkey, bearer, 'get', '/users/me')).status).toBe(401);
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
  });

  it('that is used again after ten minutes ends nothing', async () => {
    const { body } = await codeFor();
    const bearer = (await exchange(latchkey, body)).body as { sessionToken: string };
    await latchkey.database.updateTable('handovers').set({ expires_at: Date.now() }).execute();
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
    expect((await asApp(latchkey, bearer, 'get', '/users/me')).status).toBe(200);
  });

  it('that many exchange at once makes one session, which then ends', async () => {
    const { body } = await codeFor();
    const answers = await Promise.all(Array.from({ length: 5 }, () => exchange(latchkey, body)));
    const statuses = answers.map(({ status }) => status).toSorted((one, other) => one - other);
    expect(statuses).toEqual([200, 400, 400, 400, 400]);
    expect(await latchkey.database.selectFrom('sessions').selectAll().execute()).toEqual([]);
  });

  it('is void once its user is disabled, also when they are enabled again', async () => {
    const person = somebody();
    const { id } = await me(await signedIn(latchkey, 'google', person));
    const { body } = await codeFor(person);
    const admin = latchkey.app.get(UserAdminService);
    await admin.disable(id);
    await admin.enable(id);
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
  });

  it('is void for whoever is disabled', async () => {
    const { body } = await codeFor();
    await latchkey.database.updateTable('users').set({ disabled_at: Date.now() }).execute();
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
  });

  it('is void once its user is deleted', async () => {
    const { body } = await codeFor();
    await latchkey.database.deleteFrom('users').execute();
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
  });

  it('is void once its identity is disconnected, and so is its session', async () => {
    const [google, twitter] = [somebody(), somebody()];
    const browser = await signedInWith(latchkey, ['google', google], ['twitter', twitter]);
    await stepUp(browser, 'twitter', twitter);
    const used = await codeFor(google);
    const bearer = (await exchange(latchkey, used.body)).body as { sessionToken: string };
    const { body } = await codeFor(google);
    expect((await browser.apiSend('delete', '/users/me/identities/google')).status).toBe(204);
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
    expect((await asApp(latchkey, bearer, 'get', '/users/me')).status).toBe(401);
  });

  it('is void once another account has taken its identity’s place', async () => {
    const email = 'ada@example.com';
    const [gone, made] = [somebody({ email }), somebody({ email })];
    const { id } = await me(await signedIn(latchkey, 'google', gone));
    await new Browser(latchkey).signIn('google', made);
    const { body } = await codeFor(gone);
    await latchkey.app.get(RecoveryService).moveIdentity(id, 'google', made.subject);
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
    expect(await latchkey.database.selectFrom('handovers').selectAll().execute()).toEqual([]);
  });

  it('is void once a backup was restored', async () => {
    const { body } = await codeFor();
    await latchkey.app.get(RestoresService).endAll();
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
  });

  it('is void once the person signs out everywhere else', async () => {
    const person = somebody();
    const browser = await signedIn(latchkey, 'google', person);
    const { body } = await codeFor(person);
    expect((await browser.apiSend('delete', '/users/me/sessions')).status).toBe(204);
    expectProblem(await exchange(latchkey, body), 'invalid_grant');
  });

  it('is recorded with the browser that got it', async () => {
    const person = somebody();
    const browser = await signedIn(latchkey, 'google', person);
    const begun = begin();
    const code = codeIn(
      await handOver(latchkey, begun, { person, browser: new Browser(latchkey) }),
    );
    const body = { code, codeVerifier: begun.verifier, target: TARGET };
    await exchange(latchkey, body, { 'User-Agent': 'a server' });
    const [session] = await latchkey.database
      .selectFrom('sessions')
      .selectAll()
      .where('kind', '=', 'app')
      .execute();
    expect(session?.user_agent).not.toBe('a server');
    const { items } = (await browser.api('/users/me/activity')).body as {
      items: { event: string }[];
    };
    expect(items.filter(({ event }) => event === 'sign_in')).toHaveLength(2);
  });
});

describe('an exchange from a page', () => {
  it.each<[string, Record<string, string>, number]>([
    ['of the target', { Origin: SITE, 'Sec-Fetch-Site': 'cross-site' }, 200],
    [
      'of a preview',
      { Origin: 'https://pr-1.preview.example.dev', 'Sec-Fetch-Site': 'cross-site' },
      200,
    ],
    ['of a stranger', { Origin: 'https://evil.test', 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['of nobody', { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }, 403],
  ])('%s', async (_name, headers, status) => {
    const { body } = await codeFor();
    const answer = await exchange(latchkey, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBe(
      status === 200 ? headers['Origin'] : undefined,
    );
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
  });
});
