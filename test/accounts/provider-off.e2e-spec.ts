import { beforeEach, describe, expect, it } from '@jest/globals';
import { IssuerChangesService } from '../../src/users/issuer-changes.service.js';
import { statusOf } from '../support/account-forms.js';
import { accountSuite } from '../support/account-suite.js';
import { connected, me, signedIn, somebody, type Somebody } from '../support/accounts.js';
import type { Browser } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';

/** Somebody who connected Facebook before the operator turned it off. */

const latchkey = accountSuite({ FACEBOOK_CLIENT_ID: '', FACEBOOK_CLIENT_SECRET: '' });
let browser: Browser;
let ada: Somebody;

beforeEach(async () => {
  ada = somebody();
  browser = await signedIn(latchkey, 'google', ada);
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

describe('a session that a provider has begun which is off', () => {
  const source = { provider: 'facebook', issuer: 'facebook:1234' } as const;
  let other: Browser;

  beforeEach(async () => {
    other = await signedIn(latchkey, 'google', ada);
    const { database } = latchkey;
    const { id } = await database
      .selectFrom('sessions')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    await database.updateTable('sessions').set(source).where('id', '=', id).execute();
    await database
      .updateTable('session_proofs')
      .set({ issuer: source.issuer, subject: '4711' })
      .where('session_id', '=', id)
      .execute();
  });

  it('goes on until the operator retires it', async () => {
    expect(await statusOf(other)).toBe(200);
    await latchkey.app.get(IssuerChangesService).retire(source.provider, source.issuer);
    expect([await statusOf(other), await statusOf(browser)]).toEqual([401, 200]);
  });

  it('ends others as seldom as one by a new identity', async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      statuses.push((await other.apiSend('delete', '/users/me/sessions')).status);
    }
    expect(statuses).toEqual([204, 204, 204, 403]);
  });
});
