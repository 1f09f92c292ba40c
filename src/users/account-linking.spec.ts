import { describe, expect, it } from '@jest/globals';
import type { ProviderId } from '../common/provider-id.js';
import type { EmailTrust } from '../providers/social-profile.js';
import { canOverrule, decideLink, decideSignIn } from './account-linking.js';

const asOwner = { action: 'sign-in', userId: 'owner' };
const disabled = { action: 'refuse', code: 'account_disabled', userId: 'owner' };
const create = { action: 'create' };
const refuse = (signInWith: string | null, canLink = true) => ({
  action: 'refuse',
  code: 'account_exists',
  addressOwner: 'other',
  signInWith,
  canLink,
});

describe('decideSignIn', () => {
  type Row = [
    identity: 'new' | 'known' | 'disabled',
    emailTrust: EmailTrust | null,
    address: 'free' | 'own' | 'theirs',
    expected: object,
  ];

  /** Every cell: whose the identity is, what the provider says of the address, and who has the address verified. */
  const table: Row[] = [
    ['known', 'authoritative', 'free', asOwner],
    ['known', 'authoritative', 'own', asOwner],
    ['known', 'authoritative', 'theirs', asOwner],
    ['known', 'verified', 'free', asOwner],
    ['known', 'verified', 'own', asOwner],
    ['known', 'verified', 'theirs', asOwner],
    ['known', 'claimed', 'free', asOwner],
    ['known', 'claimed', 'own', asOwner],
    ['known', 'claimed', 'theirs', asOwner],
    ['known', null, 'free', asOwner],
    ['known', null, 'own', asOwner],
    ['known', null, 'theirs', asOwner],
    ['disabled', 'authoritative', 'free', disabled],
    ['disabled', 'authoritative', 'own', disabled],
    ['disabled', 'authoritative', 'theirs', disabled],
    ['disabled', 'verified', 'free', disabled],
    ['disabled', 'verified', 'own', disabled],
    ['disabled', 'verified', 'theirs', disabled],
    ['disabled', 'claimed', 'free', disabled],
    ['disabled', 'claimed', 'own', disabled],
    ['disabled', 'claimed', 'theirs', disabled],
    ['disabled', null, 'free', disabled],
    ['disabled', null, 'own', disabled],
    ['disabled', null, 'theirs', disabled],
    ['new', 'authoritative', 'free', create],
    ['new', 'authoritative', 'theirs', refuse('google')],
    ['new', 'verified', 'free', create],
    ['new', 'verified', 'theirs', refuse('google')],
    ['new', 'claimed', 'free', create],
    ['new', 'claimed', 'theirs', refuse(null)],
    ['new', null, 'free', create],
    ['new', null, 'theirs', refuse(null)],
  ];

  it.each(table)('%s identity, address %s and %s', (identity, emailTrust, address, expected) => {
    const decision = decideSignIn({
      provider: 'twitter',
      emailTrust,
      owner: identity === 'new' ? null : { userId: 'owner', isDisabled: identity === 'disabled' },
      addressOwner:
        address === 'free'
          ? null
          : { userId: address === 'own' ? 'owner' : 'other', providers: ['google'] },
    });
    expect(decision).toEqual(expected);
  });

  /** What the owner of the address has connected, the one used last first, when X is refused. */
  const named: [providers: ProviderId[], expected: object][] = [
    [['google'], refuse('google')],
    [['facebook', 'google'], refuse('facebook')],
    [['twitter'], refuse('twitter', false)],
    [['twitter', 'google'], refuse('google', false)],
    [['google', 'twitter', 'facebook'], refuse('google', false)],
  ];

  it.each(named)(
    'names another provider than its own where there is one: %s',
    (providers, expected) => {
      const addressOwner = { userId: 'other', providers };
      const facts = {
        owner: null,
        provider: 'twitter',
        emailTrust: 'verified',
        addressOwner,
      } as const;
      expect(decideSignIn(facts)).toEqual(expected);
    },
  );
});

describe('decideLink', () => {
  const link = { action: 'link' };
  const refresh = { action: 'refresh' };
  const inUse = { action: 'refuse', code: 'identity_in_use' };
  const another = { ...inUse, say: 'another_connected' };

  type Row = [identity: 'new' | 'own' | 'theirs', provider: 'free' | 'taken', expected: object];

  /** Every cell: whose the identity is, and whether the user has an account of its provider connected. */
  const table: Row[] = [
    ['new', 'free', link],
    ['new', 'taken', another],
    ['own', 'taken', refresh],
    ['own', 'free', refresh],
    ['theirs', 'free', inUse],
    ['theirs', 'taken', inUse],
  ];

  it.each(table)('%s identity, provider %s', (identity, provider, expected) => {
    const owner = { new: null, own: 'user', theirs: 'other' }[identity];
    const hasAnotherOfProvider = provider === 'taken';
    expect(decideLink({ userId: 'user', isDisabled: false, owner, hasAnotherOfProvider })).toEqual(
      expected,
    );
  });

  it.each(table)('nothing for a disabled user: %s identity, provider %s', (identity, provider) => {
    const owner = { new: null, own: 'user', theirs: 'other' }[identity];
    const hasAnotherOfProvider = provider === 'taken';
    const facts = { userId: 'user', isDisabled: true, owner, hasAnotherOfProvider };
    expect(decideLink(facts)).toEqual({ action: 'refuse', code: 'account_disabled' });
  });

  it('tells nothing of whose the identity is', () => {
    const facts = {
      userId: 'user',
      isDisabled: false,
      owner: 'other',
      hasAnotherOfProvider: false,
    };
    expect(JSON.stringify(decideLink(facts))).not.toContain('other');
  });
});

const claim = (email_trust: EmailTrust, disabled_at: number | null = null) => ({
  email_trust,
  disabled_at,
});

describe('canOverrule', () => {
  it.each<[EmailTrust, Parameters<typeof canOverrule>[1], boolean]>([
    ['authoritative', [claim('verified')], true],
    ['authoritative', [claim('verified'), claim('verified')], true],
    ['authoritative', [], true],
    ['authoritative', [claim('verified'), claim('authoritative')], false],
    ['authoritative', [claim('verified', 1)], false],
    ['verified', [claim('verified')], false],
    ['claimed', [claim('verified')], false],
  ])('%s over %j: %j', (trust, claims, expected) => {
    expect(canOverrule(trust, claims)).toBe(expected);
  });
});
