import type { Migration } from 'kysely';
import { usersAndSessions } from './0001-users-and-sessions.js';
import { disabledUsers } from './0002-disabled-users.js';
import { identityAddresses } from './0004-identity-addresses.js';

/** Every migration by its name, in order. Forward only: what has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-users-and-sessions': usersAndSessions,
  '0002-disabled-users': disabledUsers,
  '0004-identity-addresses': identityAddresses,
};
