import { describe, expect, it } from '@jest/globals';
import type { EmailTrust } from '../database/schema.js';
import { decideSignIn } from './account-linking.js';

const other = { userId: 'other', signInWith: 'google' } as const;
const signInAsOwner = { action: 'sign-in', userId: 'owner' };
const create = { action: 'create' };
const refuse = (signInWith: string | null) => ({
  action: 'refuse',
  code: 'account_exists',
  signInWith,
});

type Row = [EmailTrust | null, 'owned' | 'new', 'theirs' | 'free', object];

/** Every cell: what the provider says of the address, whose the identity is, and who has the address verified. */
const table: Row[] = [
  ['authoritative', 'owned', 'theirs', signInAsOwner],
  ['authoritative', 'owned', 'free', signInAsOwner],
  ['authoritative', 'new', 'theirs', refuse('google')],
  ['authoritative', 'new', 'free', create],
  ['verified', 'owned', 'theirs', signInAsOwner],
  ['verified', 'owned', 'free', signInAsOwner],
  ['verified', 'new', 'theirs', refuse('google')],
  ['verified', 'new', 'free', create],
  ['claimed', 'owned', 'theirs', signInAsOwner],
  ['claimed', 'owned', 'free', signInAsOwner],
  ['claimed', 'new', 'theirs', refuse(null)],
  ['claimed', 'new', 'free', create],
  [null, 'owned', 'theirs', signInAsOwner],
  [null, 'owned', 'free', signInAsOwner],
  [null, 'new', 'theirs', refuse(null)],
  [null, 'new', 'free', create],
];

describe('decideSignIn', () => {
  it.each(table)(
    'address %s, identity %s, address %s',
    (emailTrust, identity, address, expected) => {
      const decision = decideSignIn({
        emailTrust,
        owner: identity === 'owned' ? 'owner' : null,
        addressOwner: address === 'theirs' ? other : null,
      });
      expect(decision).toEqual(expected);
    },
  );
});
