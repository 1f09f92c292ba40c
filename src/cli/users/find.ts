import { type Command, InvalidArgumentError } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { note, type OutputOptions, printJson, printLines, table } from '../output.js';
import { withServices } from '../services.js';

const MAX_LIMIT = 100;

interface FindOptions extends OutputOptions {
  limit: number;
}

/** `latchkey users find`: the users whom a text names. */
export function addFind(users: Command, environment: Environment): void {
  users
    .command('find')
    .description('find users; those who signed in last come first')
    .argument('<text>', 'an id, an address, provider:subject, a username, or a part of a name')
    .option('--limit <number>', `how many to show, up to ${MAX_LIMIT}`, parseLimit, 20)
    .option('--json', 'print one JSON document: an array of users')
    .action((text: string, options: FindOptions) => find(environment, text, options));
}

function find(environment: Environment, text: string, options: FindOptions): Promise<void> {
  return withServices(environment, async (services) => {
    const admin = services.get(UserAdminService, { strict: false });
    const found = await admin.find(text, options.limit + 1);
    const shown = found.slice(0, options.limit);
    if (found.length > shown.length) note('There are more: be more precise, or raise --limit.');
    if (options.json === true) return printJson(shown);
    if (shown.length === 0) return note('Nobody was found.');
    const rows = shown.map((user) => [
      user.id,
      user.displayName,
      user.email ?? '-',
      user.identities.map(({ provider }) => provider).join(', '),
      user.lastSignInAt,
      user.disabledAt === null ? '' : 'disabled',
    ]);
    printLines(table(['ID', 'NAME', 'EMAIL', 'PROVIDERS', 'LAST SIGN-IN', ''], rows));
  });
}

function parseLimit(value: string): number {
  const limit = Number(value);
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return limit;
  throw new InvalidArgumentError(`It needs a whole number from 1 to ${MAX_LIMIT}.`);
}
