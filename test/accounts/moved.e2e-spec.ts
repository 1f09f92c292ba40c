import { expect, it } from '@jest/globals';
import { issuerOf } from '../../src/config/issuers.js';
import { AccountService } from '../../src/users/account.service.js';
import { IssuerChangesService } from '../../src/users/issuer-changes.service.js';
import { RecoveryService } from '../../src/users/recovery.service.js';
import { accountSuite } from '../support/account-suite.js';
import {
  connected,
  link,
  me,
  outcomeOf,
  sessionAnswer,
  signedIn,
  somebody,
  stepUp,
} from '../support/accounts.js';
import { Browser } from '../support/browser.js';

/* What was connected at an unlocked browser, once the operator has replaced or removed the older identity. */

const latchkey = accountSuite({
  GOOGLE_AUTH_TIME: 'on',
  RECENT_SIGN_IN_ASSURANCE: 'proven',
  IDENTITY_SETTLE_SECONDS: '604800',
});

const ADDRESS = 'ada@corp.example';
const TOO_NEW = { status: 403, body: expect.objectContaining({ code: 'identity_too_new' }) };

/** Ada's account, to which a passer-by has connected their X; they are signed in with it and have stepped up. */
async function withStrangersX() {
  const ada = somebody({ email: ADDRESS, emailVerified: true });
  const mallory = somebody({ name: 'Mallory' });
  const unlocked = await signedIn(latchkey, 'google', ada);
  expect(outcomeOf(await link(unlocked, 'twitter', mallory))).toBe('/account');
  const strangers = await signedIn(latchkey, 'twitter', mallory);
  await stepUp(strangers, 'twitter', mallory);
  return { id: (await me(unlocked)).id, strangers, unlocked };
}

async function answersTo(browser: Browser, ...requests: ['post' | 'delete', string][]) {
  const answers = [];
  for (const [method, path] of requests) {
    const { status, body } = await browser.apiSend(method, path);
    answers.push({ status, body: body as unknown });
  }
  return answers;
}

it('is nobody’s elder when the older one was moved', async () => {
  const { id, strangers } = await withStrangersX();
  const anew = somebody({ email: ADDRESS, emailVerified: true });
  expect(outcomeOf(await new Browser(latchkey).signIn('google', anew))).toBe('account_exists');
  await latchkey.app.get(RecoveryService).moveIdentity(id, 'google', anew.subject);

  const answers = await answersTo(
    strangers,
    ['post', '/users/me/export'],
    ['post', '/auth/facebook/link'],
    ['delete', '/users/me/identities/google'],
    ['delete', '/users/me'],
  );
  expect(answers).toEqual([TOO_NEW, TOO_NEW, TOO_NEW, TOO_NEW]);
  const home = await signedIn(latchkey, 'google', anew);
  expect((await sessionAnswer(home)).newIdentities).toMatchObject([{ provider: 'twitter' }]);
  expect((await home.apiSend('post', '/users/me/identities/twitter/acknowledge')).status).toBe(204);
  expect(await connected(home)).toEqual(['google', 'twitter']);
});

it('settles no earlier than what was moved', async () => {
  const { id } = await withStrangersX();
  const DAY = 86_400_000;
  await latchkey.database
    .updateTable('identities')
    .set((row) => ({ unsettled_since: row('unsettled_since', '-', 6 * DAY) }))
    .where('provider', '=', 'twitter')
    .execute();
  const anew = somebody({ email: ADDRESS, emailVerified: true });
  await new Browser(latchkey).signIn('google', anew);
  await latchkey.app.get(RecoveryService).moveIdentity(id, 'google', anew.subject);
  const rows = await latchkey.database.selectFrom('identities').select('unsettled_since').execute();
  expect(new Set(rows.map(({ unsettled_since: since }) => since)).size).toBe(1);
});

it('is nobody’s elder when the operator has disconnected the older one', async () => {
  const { id, strangers, unlocked } = await withStrangersX();
  const facebook = somebody();
  expect(outcomeOf(await link(unlocked, 'facebook', facebook))).toBe('/account');
  await latchkey.app.get(AccountService).disconnectAsOperator(id, 'google');
  const answers = await answersTo(
    strangers,
    ['delete', '/users/me/identities/facebook'],
    ['delete', '/users/me'],
  );
  expect(answers).toEqual([TOO_NEW, TOO_NEW]);
  const home = await signedIn(latchkey, 'facebook', facebook);
  expect((await sessionAnswer(home)).newIdentities).toMatchObject([{ provider: 'twitter' }]);
});

it('is nobody’s elder when the issuer of the older one is retired', async () => {
  const { strangers, unlocked } = await withStrangersX();
  const facebook = somebody();
  expect(outcomeOf(await link(unlocked, 'facebook', facebook))).toBe('/account');
  const issuer = issuerOf(latchkey.config, 'google') ?? '';
  await latchkey.app.get(IssuerChangesService).retire('google', issuer);
  const answers = await answersTo(
    strangers,
    ['post', '/users/me/export'],
    ['delete', '/users/me/identities/facebook'],
    ['delete', '/users/me'],
  );
  expect(answers).toEqual([TOO_NEW, TOO_NEW, TOO_NEW]);
  const home = await signedIn(latchkey, 'facebook', facebook);
  expect((await sessionAnswer(home)).newIdentities).toMatchObject([{ provider: 'twitter' }]);
});

it('has what is left begin anew together when the issuer of the older one is retired', async () => {
  const { id, unlocked } = await withStrangersX();
  await link(unlocked, 'facebook', somebody());
  const bystander = await signedIn(latchkey, 'facebook', somebody());
  await link(bystander, 'google', somebody());
  await link(bystander, 'twitter', somebody());
  const clocksOf = async (userId: string) => {
    const ofUser = latchkey.database.selectFrom('identities').where('user_id', '=', userId);
    const rows = await ofUser.select(['provider', 'unsettled_since']).execute();
    return new Map(rows.map((row) => [row.provider, row.unsettled_since]));
  };
  const theirs = await clocksOf((await me(bystander)).id);
  const before = await clocksOf(id);
  const issuer = issuerOf(latchkey.config, 'google') ?? '';
  await latchkey.app.get(IssuerChangesService).retire('google', issuer);
  const after = await clocksOf(id);
  expect(after.get('twitter')).toBe(after.get('facebook'));
  expect(after.get('twitter')).toBeGreaterThan(before.get('facebook') ?? Infinity);
  // Their Facebook has settled, and stays the elder.
  expect(await clocksOf((await me(bystander)).id)).toEqual(theirs);
});

it('uses up nothing of what the moved one has to end sessions with', async () => {
  const { id, strangers } = await withStrangersX();
  const anew = somebody({ email: ADDRESS, emailVerified: true });
  await new Browser(latchkey).signIn('google', anew);
  await latchkey.app.get(RecoveryService).moveIdentity(id, 'google', anew.subject);
  const end: ['delete', string] = ['delete', '/users/me/sessions'];
  const statuses = (await answersTo(strangers, end, end, end, end)).map(({ status }) => status);
  expect(statuses).toEqual([204, 204, 204, 429]);
  const home = await signedIn(latchkey, 'google', anew);
  expect((await home.apiSend(...end)).status).toBe(204);
  expect((await strangers.api('/users/me')).status).toBe(401);
});

it('what takes a place is no account that was refused under another issuer', async () => {
  const browser = await signedIn(latchkey, 'google', somebody({ email: ADDRESS }));
  const { id } = await me(browser);
  const anew = somebody({ email: ADDRESS });
  await new Browser(latchkey).signIn('google', anew);
  const recovery = latchkey.app.get(RecoveryService);
  expect(await recovery.refused(id, 'google')).toMatchObject([{ subject: anew.subject }]);
  await latchkey.database
    .updateTable('activity')
    .set({ issuer: 'https://accounts.google.com' })
    .where('event', '=', 'sign_in_refused')
    .execute();
  expect(await recovery.refused(id, 'google')).toEqual([]);
  await expect(recovery.moveIdentity(id, 'google', anew.subject)).rejects.toMatchObject({
    code: 'not_found',
  });
});
