import { describe, expect, it } from '@jest/globals';
import type { IdentitiesTable } from '../database/schema.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { composeProfile, newIdentity, refreshedIdentity } from './user-profile.js';

function identityRow(changes: Partial<IdentitiesTable> = {}): IdentitiesTable {
  return {
    provider: 'google',
    issuer: 'https://accounts.google.com',
    subject: '1',
    user_id: 'user',
    username: null,
    display_name: 'Ada Lovelace',
    email: 'ada@example.com',
    email_key: 'ada@example.com',
    email_trust: 'verified',
    avatar_url: 'https://example.com/ada.png',
    linked_at: 1000,
    last_used_at: 2000,
    unsettled_since: null,
    acknowledged_at: null,
    linked_address: null,
    linked_user_agent: null,
    linked_via: null,
    ...changes,
  };
}

const nobody = () => false;
const taken = (key: string) => key === 'ada@example.com';
const bare = {
  display_name: null,
  username: null,
  email: null,
  email_trust: null,
  avatar_url: null,
};

const facebook = (changes: Partial<IdentitiesTable> = {}) =>
  identityRow({
    provider: 'facebook',
    display_name: 'Ada King',
    email: 'Claimed@Example.com',
    email_trust: 'claimed',
    avatar_url: 'https://example.com/king.png',
    ...changes,
  });

describe('composeProfile', () => {
  it('shows the one identity there is', () => {
    expect(composeProfile([identityRow()], nobody)).toEqual({
      display_name: 'Ada Lovelace',
      email: 'ada@example.com',
      email_key: 'ada@example.com',
      email_trust: 'verified',
      avatar_url: 'https://example.com/ada.png',
    });
  });

  it('lets the first connected identity speak for the person', () => {
    const profile = composeProfile([facebook(), identityRow()], nobody);
    expect(profile).toMatchObject({
      display_name: 'Ada King',
      avatar_url: 'https://example.com/king.png',
    });
  });

  it('puts a verified address before a claimed one', () => {
    const profile = composeProfile([facebook(), identityRow()], nobody);
    expect(profile).toMatchObject({ email: 'ada@example.com', email_trust: 'verified' });
  });

  it('keeps a claimed address as a claim, with the key by which it is compared', () => {
    expect(composeProfile([facebook()], nobody)).toMatchObject({
      email: 'Claimed@Example.com',
      email_key: 'claimed@example.com',
      email_trust: 'claimed',
    });
  });

  it('fills the gaps of the first identity from the others', () => {
    expect(composeProfile([identityRow(bare), facebook()], nobody)).toMatchObject({
      display_name: 'Ada King',
      email: 'Claimed@Example.com',
      avatar_url: 'https://example.com/king.png',
    });
  });

  it.each([
    ['a username', [identityRow({ ...bare, username: 'ada' })], 'ada'],
    [
      'another’s name before a username',
      [identityRow({ ...bare, username: 'ada' }), facebook()],
      'Ada King',
    ],
    ['a stand-in', [identityRow(bare)], 'Unnamed user'],
    ['a stand-in for nobody', [], 'Unnamed user'],
  ])('has %s for a name where there is no better', (_name, identities, expected) => {
    expect(composeProfile(identities, nobody).display_name).toBe(expected);
  });

  it('has no address where no identity has one', () => {
    expect(composeProfile([identityRow(bare)], nobody)).toMatchObject({
      email: null,
      email_key: null,
      email_trust: null,
    });
  });

  it('keeps an address that somebody else has verified only as a claim', () => {
    expect(composeProfile([identityRow()], taken)).toMatchObject({
      email: 'ada@example.com',
      email_trust: 'claimed',
    });
  });

  it('prefers a verified address that is free to one that is taken', () => {
    const free = identityRow({ provider: 'twitter', email: 'Ada@Free.test' });
    expect(composeProfile([identityRow(), free], taken)).toMatchObject({
      email: 'Ada@Free.test',
      email_key: 'ada@free.test',
      email_trust: 'verified',
    });
  });
});

const incoming: SocialProfile = {
  subject: '1',
  username: 'ada_k',
  displayName: 'Ada King',
  email: { address: 'king@example.com', trust: 'claimed' },
  avatarUrl: 'https://example.com/king.png',
  partial: false,
};
const empty = { username: null, displayName: null, email: null, avatarUrl: null };
const source = { provider: 'twitter', issuer: 'https://x.com' } as const;
const arrival = {
  userId: 'user',
  now: 5000,
  client: { address: '192.0.2.7', userAgent: 'Firefox' },
  isLater: false,
  via: null,
};
const known = identityRow({ ...source, username: 'ada' });

describe('newIdentity', () => {
  it('is the profile as a row', () => {
    expect(newIdentity(source, incoming, arrival)).toEqual({
      ...source,
      subject: '1',
      user_id: 'user',
      username: 'ada_k',
      display_name: 'Ada King',
      email: 'king@example.com',
      email_key: 'king@example.com',
      email_trust: 'claimed',
      avatar_url: 'https://example.com/king.png',
      linked_at: 5000,
      last_used_at: 5000,
      unsettled_since: null,
      acknowledged_at: null,
      linked_address: '192.0.2.7',
      linked_user_agent: 'Firefox',
      linked_via: null,
    });
  });

  it('is unsettled where the user has another already', () => {
    const later = newIdentity(source, incoming, { ...arrival, isLater: true });
    expect(later.unsettled_since).toBe(5000);
  });

  it('has neither address nor trust without one', () => {
    const row = newIdentity(source, { ...incoming, ...empty }, arrival);
    expect(row).toMatchObject({ email: null, email_trust: null, username: null });
  });
});

describe('refreshedIdentity', () => {
  it('takes over what the provider says now, and keeps whose it is and since when', () => {
    expect(refreshedIdentity(known, incoming, 5000)).toEqual({
      ...newIdentity(source, incoming, arrival),
      linked_at: 1000,
      linked_address: null,
      linked_user_agent: null,
    });
  });

  it('forgets what the provider no longer tells', () => {
    expect(refreshedIdentity(known, { ...incoming, ...empty }, 5000)).toMatchObject({
      username: null,
      display_name: null,
      email: null,
      email_key: null,
      email_trust: null,
      avatar_url: null,
    });
  });

  it('forgets nothing when the provider told only a part', () => {
    const partial = { ...incoming, ...empty, partial: true };
    expect(refreshedIdentity(known, partial, 5000)).toEqual({ ...known, last_used_at: 5000 });
  });

  it('takes over the part that was told', () => {
    const partial = { ...incoming, ...empty, username: 'renamed', partial: true };
    expect(refreshedIdentity(known, partial, 5000)).toEqual({
      ...known,
      username: 'renamed',
      last_used_at: 5000,
    });
  });

  it('never mixes a new address with an old trust', () => {
    expect(refreshedIdentity(known, { ...incoming, partial: true }, 5000)).toMatchObject({
      email: 'king@example.com',
      email_key: 'king@example.com',
      email_trust: 'claimed',
    });
  });
});
