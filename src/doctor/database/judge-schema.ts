import type { SchemaState } from '../../database/schema-state.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

const MIGRATE = 'Make a backup, and run: latchkey migrate';

/**
 * Judges the schema's state.
 *
 * @param migratesAtStart whether the service brings the schema up to date by itself (MIGRATE_AT_START)
 */
export function judgeSchema(
  { applied, pending, unknown }: SchemaState,
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
  if (applied.length === 0) return ok('The database is empty: the first start makes its tables.');
  return warning(
    `Migrations are pending: ${pending.join(', ')}.`,
    'Make a backup; the next start of this version applies them.',
  );
}
