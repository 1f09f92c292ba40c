import { expect, it } from '@jest/globals';
import { somebody } from '../support/accounts.js';
import { APP, asApp, bearerOf, HANDOVER_TARGETS } from '../support/handover.js';
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
