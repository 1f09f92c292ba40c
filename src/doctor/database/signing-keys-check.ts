import { existsSync } from 'node:fs';
import type { Config } from '../../config/config.js';
import { openDatabase } from '../../database/database.js';
import { schemaState } from '../../database/schema-state.js';
import type { SigningKeysTable } from '../../database/schema.js';
import { signingNow } from '../../tokens/key-schedule.js';
import { openSigningKey } from '../../tokens/signing-key.js';
import { type Check, ok, type Result, warning } from '../check.js';

/** Whether the keys that sign tokens open by the secrets. Where the database cannot be used, that check says so. */
export const signingKeys: Check = {
  name: 'signing keys',
  needs: ['TOKEN_AUDIENCES', 'SESSION_SECRET', 'PUBLIC_URL', 'DATABASE_URL'],
  run: async ({ config, now }) => {
    if (config.tokens === null) return [];
    const rows = await keysOf(config);
    return rows === null ? [] : [checkSigningKeys(config, rows, now.getTime())];
  },
};

/** @param rows the newest first */
export function checkSigningKeys(
  config: Pick<Config, 'secrets' | 'secretFile' | 'publicUrl'>,
  rows: readonly SigningKeysTable[],
  now: number,
): Result {
  if (rows.length === 0) return ok('There are no signing keys yet: the first start makes one.');
  // A secret that the service has made is in its file, which is not read here.
  if (config.secretFile !== null) return ok(`There are signing keys: ${rows.length}.`);
  const keys = rows.map((row) => ({ row, opened: openSigningKey(row, config) }));
  const signing = signingNow(keys, now);
  if (signing === null) {
    return warning(
      'No secret in SESSION_SECRET opens a signing key: the next start makes another.',
      'Put the secret that the service has run with behind the new one, comma-separated, for an hour.',
    );
  }
  const closed = keys.filter(
    ({ row, opened }) => opened === null && row.number > signing.row.number,
  );
  if (closed.length > 0) {
    return warning(
      `Newer signing keys than ${signing.row.kid} do not open: another instance has other secrets, or another PUBLIC_URL.`,
      'Give all instances the same SESSION_SECRET and PUBLIC_URL.',
    );
  }
  return ok(`Tokens are signed by ${signing.row.kid}.`);
}

/** Null where they cannot be read. */
async function keysOf({ database: config }: Config): Promise<SigningKeysTable[] | null> {
  if (config.kind === 'file' && !existsSync(config.file)) return null;
  const database = openDatabase(config, () => undefined);
  try {
    if ((await schemaState(database)).pending.length > 0) return null;
    return await database
      .selectFrom('signing_keys')
      .selectAll()
      .orderBy('number', 'desc')
      .execute();
  } catch {
    return null;
  } finally {
    await database.destroy();
  }
}
