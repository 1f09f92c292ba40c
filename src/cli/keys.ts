import type { Command } from 'commander';
import { toTimestamp } from '../common/timestamp.js';
import type { Environment } from '../config/load-config.js';
import type { KnownKey } from '../tokens/key-schedule.js';
import type { SigningKeysService } from '../tokens/signing-keys.service.js';
import {
  confirm,
  type ConfirmOptions,
  note,
  type OutputOptions,
  printJson,
  printLines,
  table,
} from './output.js';
import { withService } from './with-admin.js';

interface RotateOptions extends ConfirmOptions, OutputOptions {
  now?: boolean;
}

/** `latchkey keys …`: what signs the tokens for other services. */
export function addKeys(program: Command, environment: Environment): void {
  const keys = program
    .command('keys')
    .description('list and replace the keys that sign tokens for other services');
  keys
    .command('list')
    .description('show the keys that are published; the newest comes first')
    .option('--json', 'print one JSON document: an array of keys')
    .action((options: OutputOptions) => list(environment, options));
  keys
    .command('rotate')
    .description('make the next key; it signs a day later, when services have had time to see it')
    .option('--now', 'a key has leaked: withdraw all keys, and sign with a new one at once')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((options: RotateOptions) =>
      options.now === true ? replace(environment, options) : rotate(environment, options),
    );
}

function list(environment: Environment, { json }: OutputOptions): Promise<void> {
  return withKeys(environment, async (keys) => {
    const { all, signing, next } = await keys.list();
    const shown = all.map((key) => ({
      kid: key.row.kid,
      state: stateOf(key, signing, next),
      createdAt: toTimestamp(key.row.created_at),
      signsFrom: toTimestamp(key.row.signs_from),
      publishedUntil: toTimestamp(key.row.published_until),
    }));
    if (json === true) return printJson(shown);
    if (shown.length === 0)
      return note('There are no keys: the service makes one when it starts with TOKEN_AUDIENCES.');
    const rows = shown.map(({ kid, state, signsFrom, publishedUntil }) => [
      kid,
      state,
      signsFrom,
      publishedUntil,
    ]);
    printLines(table(['KID', 'STATE', 'SIGNS FROM', 'PUBLISHED UNTIL AT LEAST'], rows));
  });
}

function stateOf(key: KnownKey, signing: KnownKey | null, next: KnownKey | null): string {
  if (key === signing) return 'signs';
  if (key === next) return 'next';
  return key.opened === null ? 'not opened' : 'past';
}

function rotate(environment: Environment, { json }: OutputOptions): Promise<void> {
  return withKeys(environment, async (keys) => {
    const next = await keys.rotate();
    const [kid, signsFrom] = [next.kid, toTimestamp(next.signs_from)];
    if (json === true) return printJson({ kid, signsFrom });
    printLines([`${kid} is published, and signs from ${signsFrom}.`]);
  });
}

async function replace(environment: Environment, options: RotateOptions): Promise<void> {
  await confirm('Withdraw all keys? Tokens that they have signed are refused.', options);
  await withKeys(environment, async (keys) => {
    const { made, withdrawn } = await keys.replaceAll();
    if (options.json === true) return printJson({ kid: made.kid, withdrawn });
    printLines([`${made.kid} signs now. Keys withdrawn: ${withdrawn}.`]);
  });
}

function withKeys<T>(
  environment: Environment,
  work: (keys: SigningKeysService) => Promise<T>,
): Promise<T> {
  return withService(
    environment,
    async () => (await import('../tokens/signing-keys.service.js')).SigningKeysService,
    work,
  );
}
