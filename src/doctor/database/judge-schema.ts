import type { SchemaState } from '../../database/schema-state.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/** How many names of tables are enough to know whose they are. */
const SHOWN = 3;

const MIGRATE = 'Make a backup, and run: latchkey migrate';

/**
 * Judges the schema's state.
 *
 * @param tables what is in a database that has had no migration; empty otherwise
 * @param migratesAtStart whether the service brings the schema up to date by itself (MIGRATE_AT_START)
 */
export function judgeSchema(
  { applied, pending, unknown }: SchemaState,
  tables: readonly string[],
  migratesAtStart: boolean,
): Judgement {
  if (unknown.length > 0) {
    return broken(
      `The database was migrated by a newer version of the service (${unknown.join(', ')}).`,
      'Run that version, or bring back a backup from before it.',
    );
  }
  if (pending.length === 0) return ok(`The schema is current (${applied.at(-1)}).`);
  if (!migratesAtStart) {
    return broken(
      `Migrations are pending: ${pending.join(', ')}; with MIGRATE_AT_START=off the service does not start.`,
      MIGRATE,
    );
  }
  if (tables.length > 0) {
    return warning(
      `The database has tables of something else (${tables.slice(0, SHOWN).join(', ')}${tables.length > SHOWN ? ', …' : ''}).`,
      'Give the service a database of its own: one of its tables may be there already.',
    );
  }
  if (applied.length === 0) return ok('The database is empty: the first start makes its tables.');
  return warning(
    `Migrations are pending: ${pending.join(', ')}.`,
    'Make a backup; the next start of this version applies them.',
  );
}
