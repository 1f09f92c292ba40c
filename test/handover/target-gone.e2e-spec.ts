import { expect, it } from '@jest/globals';
import { signedIn, somebody, stepUp } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import {
  APP,
  asApp,
  bearerOf,
  begin,
  codeIn,
  HANDOVER_TARGETS,
  startByForm,
} from '../support/handover.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { createTestDatabase } from '../support/test-database.js';

it('the sessions of a target end with it, and do not come back with it', async () => {
  const store = await createTestDatabase();
  const startWith = (targets: string, before?: Latchkey) =>
    startLatchkey({ DATABASE_URL: store.url, HANDOVER_TARGETS: targets }, before);
  const first = await startWith(HANDOVER_TARGETS);
  const site = await bearerOf(first);
  const app = await bearerOf(first, somebody(), APP);
  await first.close();

  const without = await startWith(APP, first);
  expect((await asApp(without, site, 'get', '/users/me')).status).toBe(401);
  const list = (await asApp(without, app, 'get', '/users/me/sessions')).body as object[];
  expect(list).toMatchObject([{ kind: 'app', target: APP }]);
  await without.close();

  const again = await startWith(HANDOVER_TARGETS, without);
  expect((await asApp(again, site, 'get', '/users/me')).status).toBe(401);
  expect((await asApp(again, app, 'get', '/users/me')).status).toBe(200);
  await again.close();
  await store.drop();
}, 60_000);

it('a code that account_exists has left at a target ends with it, in a browser too', async () => {
  const store = await createTestDatabase();
  const startWith = (targets: string, before?: Latchkey) =>
    startLatchkey(
      { DATABASE_URL: store.url, HANDOVER_TARGETS: targets, IDENTITY_SETTLE_SECONDS: '0' },
      before,
    );
  const ada = somebody({ email: 'ada@example.com' });
  const x = somebody({ email: 'ada@example.com' });
  const first = await startWith(HANDOVER_TARGETS);
  await signedIn(first, 'google', ada);
  const begun = begin();
  const site = new Browser(first);
  const start = await startByForm(site, begun.fields, { provider: 'twitter' });
  const code = codeIn(await site.callback(await site.consent(locationOf(start), x)));
  const complete = async (latchkey: Latchkey) => {
    const browser = await signedIn(latchkey, 'google', ada);
    await stepUp(browser, 'google', ada);
    const { status, body } = await browser.post(
      '/auth/session/complete',
      { code, codeVerifier: begun.verifier },
      { Accept: 'application/json', 'Sec-Fetch-Site': 'same-origin' },
    );
    return [status, (body as { code?: string }).code];
  };
  expect(await complete(first)).toEqual([400, 'invalid_grant']);
  await first.close();

  const without = await startWith(APP, first);
  expect(await complete(without)).toEqual([400, 'invalid_grant']);
  await without.close();
  await store.drop();
}, 60_000);
