import { describe, expect, it } from '@jest/globals';
import { newIdentity, refreshedIdentity } from './identity-row.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { IdentitiesTable } from '../database/schema.js';

const profile: SocialProfile = {
  subject: '1',
  username: 'ada_k',
  displayName: 'Ada King',
  email: { address: 'king@example.com', trust: 'claimed' },
  avatarUrl: 'https://example.com/king.png',
  partial: false,
};
const empty = { username: null, displayName: null, email: null, avatarUrl: null };
const known: IdentitiesTable = {
  provider: 'twitter',
  subject: '1',
  user_id: 'user',
  username: 'ada',
  display_name: 'Ada Lovelace',
  email: 'ada@example.com',
  email_key: 'ada@example.com',
  email_trust: 'verified',
  avatar_url: 'https://example.com/ada.png',
  linked_at: 1000,
  last_used_at: 2000,
};

describe('newIdentity', () => {
  it('is the profile as a row', () => {
    expect(newIdentity('twitter', profile, 'user', 5000)).toEqual({
      provider: 'twitter',
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
    });
  });

  it('has neither address nor trust without one', () => {
    const row = newIdentity('twitter', { ...profile, ...empty }, 'user', 5000);
    expect(row).toMatchObject({ email: null, email_trust: null, username: null });
  });
});

describe('refreshedIdentity', () => {
  it('takes over what the provider says now, and keeps whose it is and since when', () => {
    expect(refreshedIdentity(known, profile, 5000)).toEqual({
      ...newIdentity('twitter', profile, 'user', 5000),
      linked_at: 1000,
    });
  });

  it('forgets what the provider no longer tells', () => {
    expect(refreshedIdentity(known, { ...profile, ...empty }, 5000)).toMatchObject({
      username: null,
      display_name: null,
      email: null,
      email_key: null,
      email_trust: null,
      avatar_url: null,
    });
  });

  it('forgets nothing when the provider told only a part', () => {
    const partial = { ...profile, ...empty, partial: true };
    expect(refreshedIdentity(known, partial, 5000)).toEqual({ ...known, last_used_at: 5000 });
  });

  it('takes over the part that was told', () => {
    const partial = { ...profile, ...empty, username: 'renamed', partial: true };
    expect(refreshedIdentity(known, partial, 5000)).toEqual({
      ...known,
      username: 'renamed',
      last_used_at: 5000,
    });
  });

  it('never mixes a new address with an old trust', () => {
    expect(refreshedIdentity(known, { ...profile, partial: true }, 5000)).toMatchObject({
      email: 'king@example.com',
      email_key: 'king@example.com',
      email_trust: 'claimed',
    });
  });
});
