/** What the API's description shows of a user. */
export const identityExample = {
  provider: 'google',
  subject: '110169484474386276334',
  username: null,
  displayName: 'Ada Lovelace',
  email: 'ada@example.com',
  emailVerified: true,
  avatarUrl: 'https://lh3.googleusercontent.com/a/ada',
  linkedAt: '2026-03-14T09:26:53.589Z',
  lastUsedAt: '2026-05-01T12:00:00.000Z',
} as const;

export const userExample = {
  id: '0199c7d2-7a3c-7c1e-9a0b-3f6f5d2c1b0a',
  displayName: 'Ada Lovelace',
  email: 'ada@example.com',
  emailVerified: true,
  avatarUrl: 'https://lh3.googleusercontent.com/a/ada',
  locale: 'en-GB',
  createdAt: '2026-03-14T09:26:53.589Z',
  updatedAt: '2026-05-01T12:00:00.000Z',
  lastSignInAt: '2026-05-01T12:00:00.000Z',
  identities: [identityExample],
} as const;
