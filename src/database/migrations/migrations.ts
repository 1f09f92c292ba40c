import type { Migration } from 'kysely';
import { schema } from './0001-schema.js';

/**
 * All migrations by name, in order. Forward only: a released migration is never edited. Nothing has been released yet,
 * so there is one.
 */
export const migrations: Readonly<Record<string, Migration>> = { '0001-schema': schema };
