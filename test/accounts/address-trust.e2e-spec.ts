import { describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import { isVerified } from '../../src/users/email-key.js';
import { accountSuite } from '../support/account-suite.js';
import { link, me, outcomeOf, sessionAnswer, signedIn, somebody } from '../support/accounts.js';
import { Browser, type Consent, locationOf, paramsOf } from '../support/browser.js';
import { expectInvariants } from '../support/invariants.js';

const latchkey = accountSuite();

const ADDRESS = 'ada@school.test';
const elsewhere = { email: 'ada@elsewhere.test' };

type Trust = 'authoritative' | 'verified' | 'claimed' | 'none';

/** How a provider comes to stand for an address as far as that. */
const sources: Record<Trust, [ProviderId, Consent]> = {
  authoritative: ['google', { email: ADDRESS, hostedDomain: 'school.test' }],
  verified: ['twitter', { email: ADDRESS }],
  claimed: ['facebook', { email: ADDRESS }],
  none: ['twitter', { email: ADDRESS, emailVerified: false }],
};

/** What becomes of the second person: a user of their own, or a refusal, with or without a name. */
type Cell = 'create' | 'refuse' | 'refuse and name';

const table: [existing: Trust, incoming: Trust, expected: Cell][] = [
  ['authoritative', 'authoritative', 'refuse and name'],
  ['authoritative', 'verified', 'refuse and name'],
  ['authoritative', 'claimed', 'refuse'],
  ['authoritative', 'none', 'create'],
  ['verified', 'authoritative', 'refuse and name'],
  ['verified', 'verified', 'refuse and name'],
  ['verified', 'claimed', 'refuse'],
  ['verified', 'none', 'create'],
  ['claimed', 'authoritative', 'create'],
  ['claimed', 'verified', 'create'],
  ['claimed', 'claimed', 'create'],
  ['claimed', 'none', 'create'],
  ['none', 'authoritative', 'create'],
  ['none', 'verified', 'create'],
  ['none', 'claimed', 'create'],
  ['none', 'none', 'create'],
];

describe('a new identity with the address of an existing user', () => {
  it.each(table)('%s there, %s here: %s', async (existing, incoming, expected) => {
    const [oldProvider, oldTraits] = sources[existing];
    const [provider, traits] = sources[incoming];
    const oldPerson = somebody(oldTraits);
    const owner = await signedIn(latchkey, oldProvider, oldPerson);
    const before = await me(owner);

    const browser = new Browser(latchkey);
    const response = await browser.signIn(provider, somebody(traits));
    const named = expected === 'refuse and name' ? { signInWith: oldProvider } : {};
    const requestId = response.headers['x-request-id'];
    const refusal = { error: 'account_exists', provider, requestId, ...named };
    expect(paramsOf(response)).toEqual(expected === 'create' ? {} : refusal);
    expect(new URL(locationOf(response), latchkey.url).pathname).toBe(
      expected === 'create' ? '/account' : '/',
    );
    const { user } = await sessionAnswer(browser);
    expect(user?.identities.map((identity) => identity.provider)).toEqual(
      expected === 'create' ? [provider] : undefined,
    );
    expect(user?.id).not.toBe(before.id);

    // Whatever became of the other, the first user is who they were, and can still sign in.
    expect(await me(owner)).toEqual(before);
    const again = await signedIn(latchkey, oldProvider, oldPerson);
    expect(await me(again)).toMatchObject({ id: before.id, email: before.email });
    await expectInvariants(latchkey.database);
  });

  it.each(table)('%s there, %s here: the address keeps its trust', async (existing) => {
    const [provider, traits] = sources[existing];
    const user = await me(await signedIn(latchkey, provider, somebody(traits)));
    expect([user.email, user.emailVerified]).toEqual([
      existing === 'none' ? null : ADDRESS,
      isVerified(existing),
    ]);
  });
});

describe('a user with an unverified address', () => {
  it('does not get the identity that the address’s owner brings later', async () => {
    const mallory = await signedIn(latchkey, 'facebook', somebody({ email: ADDRESS }));
    const ada = await signedIn(latchkey, 'google', somebody(sources.authoritative[1]));
    expect((await me(ada)).id).not.toBe((await me(mallory)).id);
    expect(await me(ada)).toMatchObject({ email: ADDRESS, emailVerified: true });
    expect(await me(mallory)).toMatchObject({ email: ADDRESS, emailVerified: false });
  });

  it('keeps it as a claim when they verify it after another user has', async () => {
    const person = somebody({ email: ADDRESS, emailVerified: false });
    const first = await signedIn(latchkey, 'google', person);
    const ada = await signedIn(latchkey, 'twitter', somebody({ email: ADDRESS }));
    await first.signIn('google', { ...person, emailVerified: true });
    expect(await me(first)).toMatchObject({ email: ADDRESS, emailVerified: false });
    expect(await me(ada)).toMatchObject({ email: ADDRESS, emailVerified: true });
    await expectInvariants(latchkey.database);
  });
});

describe('an address that differs', () => {
  it.each([
    ['in ASCII case', 'KIM@School.TEST', 'account_exists'],
    ['by spaces around it', ' kim@school.test ', 'account_exists'],
    ['by the Kelvin sign', '\u212Aim@school.test', '/account'],
    ['by a Cyrillic letter', 'k\u0456m@school.test', '/account'],
    ['by a Turkish dotless i', 'k\u0131m@school.test', '/account'],
    ['by a Turkish dotted I', 'K\u0130M@school.test', '/account'],
    ['by full width', '\uFF4Bim@school.test', '/account'],
    ['by a dot', 'k.im@school.test', '/account'],
    ['by a tag', 'kim+1@school.test', '/account'],
    ['by its domain', 'kim@school.test.evil.test', '/account'],
  ])('%s: %s ends in %s', async (_name, address, expected) => {
    await signedIn(latchkey, 'google', somebody({ email: 'kim@school.test' }));
    const browser = new Browser(latchkey);
    const response = await browser.signIn('twitter', somebody({ email: address }));
    expect(outcomeOf(response)).toBe(expected);
    await expectInvariants(latchkey.database);
  });

  it('in the Unicode normalisation of an accent is another one', async () => {
    await signedIn(latchkey, 'google', somebody({ email: 'ren\u00E9@school.test' }));
    const browser = new Browser(latchkey);
    const response = await browser.signIn('twitter', somebody({ email: 'rene\u0301@school.test' }));
    expect(outcomeOf(response)).toBe('/account');
  });
});

describe('an address verified by a linked provider', () => {
  it('belongs to the user even when their profile shows another one', async () => {
    const browser = await signedIn(latchkey, 'twitter', somebody(elsewhere));
    await link(browser, 'google', somebody({ email: 'Ada@School.test' }));
    const response = await new Browser(latchkey).signIn('facebook', somebody({ email: ADDRESS }));
    expect(outcomeOf(response)).toBe('account_exists');
    expect((await me(browser)).email).toBe('ada@elsewhere.test');
  });

  it('is free once they have disconnected that provider', async () => {
    const browser = await signedIn(latchkey, 'twitter', somebody(elsewhere));
    await link(browser, 'google', somebody({ email: ADDRESS }));
    await browser.apiSend('delete', '/users/me/identities/google');
    const response = await new Browser(latchkey).signIn('google', somebody({ email: ADDRESS }));
    expect(outcomeOf(response)).toBe('/account');
  });

  it('is free when the provider has not verified it', async () => {
    const browser = await signedIn(latchkey, 'twitter', somebody(elsewhere));
    await link(browser, 'facebook', somebody({ email: ADDRESS }));
    const response = await new Browser(latchkey).signIn('google', somebody({ email: ADDRESS }));
    expect(outcomeOf(response)).toBe('/account');
  });
});

describe('another account of a provider that the owner of the address has linked', () => {
  const taken = { email: ADDRESS };

  it('is refused, names another provider, and offers no link that cannot be made', async () => {
    const owner = await signedIn(latchkey, 'google', somebody(taken));
    await link(owner, 'twitter', somebody({ email: 'ada@x.test' }));
    const browser = new Browser(latchkey);
    const response = await browser.signIn('twitter', somebody(taken));
    expect(paramsOf(response)).toMatchObject({ error: 'account_exists', signInWith: 'google' });
    expect((await sessionAnswer(browser)).pendingLink).toBeNull();
  });
});
