import { describe, expect, it } from '@jest/globals';
import { type Begun, createLatchkeyNative, LatchkeyError } from '../../client/src/native.js';
import { accountSuite } from '../support/account-suite.js';
import { type Somebody, somebody } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { answer, APP, HANDOVER_TARGETS, PROGRAM } from '../support/handover.js';

const latchkey = accountSuite({ HANDOVER_TARGETS, PAGES: 'off' });

const native = () => createLatchkeyNative({ baseUrl: latchkey.url });

/** The person follows an address in their browser, and says yes. Returns where that leads. */
async function follow(
  { url }: Begun,
  person: Somebody,
  decision: 'yes' | 'no' = 'yes',
): Promise<string> {
  const browser = new Browser(latchkey);
  const start = await browser.get(url.slice(latchkey.url.length));
  const back = await browser.callback(await browser.consent(locationOf(start), person));
  const page = await browser.get(locationOf(back));
  return locationOf(await answer(browser, page, decision));
}

async function signIn(person: Somebody, target = PROGRAM): Promise<string> {
  const begun = await native().begin('google', { target, prompt: 'login' });
  return (await native().finish(begun, await follow(begun, person))).sessionToken;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof LatchkeyError ? error.code : String(error);
}

describe.each([PROGRAM, APP])('an app at %s', (target) => {
  it('signs in, asks who it is, and signs out', async () => {
    const ada = somebody({ name: 'Ada' });
    const begun = await native().begin('google', { target });
    const { sessionToken, user } = await native().finish(begun, await follow(begun, ada));
    expect(user.displayName).toBe('Ada');
    expect(await native().user(sessionToken)).toEqual(user);
    await native().signOut(sessionToken);
    expect(await codeOf(native().user(sessionToken))).toBe('unauthenticated');
  });
});

it('hears that the person has said no', async () => {
  const begun = await native().begin('google', { target: APP });
  const address = await follow(begun, somebody(), 'no');
  expect(await codeOf(native().finish(begun, address))).toBe('access_denied');
});

it('takes only the answer to its own sign-in, of its own service', async () => {
  const [begun, other] = [
    await native().begin('google', { target: PROGRAM }),
    await native().begin('google', { target: PROGRAM }),
  ];
  const address = await follow(begun, somebody());
  const changed = (name: string, value: string | null) => {
    const url = new URL(address);
    if (value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    return url.href;
  };
  for (const wrong of [
    changed('state', 'x'),
    changed('state', null),
    changed('iss', 'https://evil.test'),
    changed('iss', null),
    changed('code', null),
    `${PROGRAM}?error=access_denied`,
  ]) {
    expect(await codeOf(native().finish(begun, wrong))).toBe('invalid_state');
  }
  expect(await codeOf(native().finish(other, address))).toBe('invalid_state');
  // Nothing was asked for so far: the code is still good, and only with its own verifier.
  const guessed = { ...begun, codeVerifier: other.codeVerifier };
  expect(await codeOf(native().finish(guessed, address))).toBe('invalid_grant');
});

it('confirms who is there, then connects a provider', async () => {
  const ada = somebody({ name: 'Ada' });
  const token = await signIn(ada);
  expect(await codeOf(native().link(token, 'twitter', PROGRAM))).toBe('reauth_required');

  const confirming = await native().stepUp(token, 'google', PROGRAM);
  await native().complete(token, confirming, await follow(confirming, ada));
  const linking = await native().link(token, 'twitter', PROGRAM);
  await native().complete(token, linking, await follow(linking, somebody({ name: 'Ada at X' })));
  const { identities } = await native().user(token);
  expect(identities.map(({ provider }) => provider)).toEqual(['google', 'twitter']);
});
