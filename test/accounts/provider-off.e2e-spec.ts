import { beforeEach, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import { connected, me, signedIn, somebody } from '../support/accounts.js';
import type { Browser } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';

/** Somebody who connected Facebook before the operator turned it off. */

const latchkey = accountSuite({ FACEBOOK_CLIENT_ID: '', FACEBOOK_CLIENT_SECRET: '' });
let browser: Browser;

beforeEach(async () => {
  browser = await signedIn(latchkey, 'google', somebody());
  const { id } = await me(browser);
  const { database } = latchkey;
  const google = await database
    .selectFrom('identities')
    .selectAll()
    .where('user_id', '=', id)
    .executeTakeFirstOrThrow();
  const facebook = {
    ...google,
    provider: 'facebook' as const,
    issuer: 'facebook:1234',
    subject: '4711',
  };
  await database.insertInto('identities').values(facebook).execute();
});

const disconnect = (provider: string) =>
  browser.apiSend('delete', `/users/me/identities/${provider}`);

it('refuses to disconnect the only provider that is on', async () => {
  expectProblem(await disconnect('google'), 'last_identity');
  expect((await browser.get('/account/disconnect/google')).status).toBe(409);
  const { text } = await browser.get('/account');
  expect(text).not.toContain('/account/disconnect/google');
  expect(await connected(browser)).toEqual(['facebook', 'google']);
});

it('disconnects a provider that is off', async () => {
  expect((await browser.get('/account')).text).toContain('/account/disconnect/facebook');
  expect((await disconnect('facebook')).status).toBe(204);
  expectProblem(await disconnect('google'), 'last_identity');
  expect(await connected(browser)).toEqual(['google']);
});
