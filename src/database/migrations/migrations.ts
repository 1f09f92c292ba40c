import type { Migration } from 'kysely';
import { usersAndSessions } from './0001-users-and-sessions.js';
import { disabledUsers } from './0002-disabled-users.js';
import { rateLimits } from './0003-rate-limits.js';
import { periodicTasks } from './0004-periodic-tasks.js';
import { identityAddresses } from './0005-identity-addresses.js';

/** Every migration by its name, in order. Forward only: what has been released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-users-and-sessions': usersAndSessions,
  '0002-disabled-users': disabledUsers,
  '0003-rate-limits': rateLimits,
  '0004-periodic-tasks': periodicTasks,
  '0005-identity-addresses': identityAddresses,
};
