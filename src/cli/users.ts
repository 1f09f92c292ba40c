import { type Command, InvalidArgumentError } from 'commander';
import type { Environment } from '../config/load-config.js';
import {
  confirm,
  type ConfirmOptions,
  note,
  type OutputOptions,
  printJson,
  printJsonParts,
  printLines,
  table,
} from './output.js';
import { providerFrom } from './identities.js';
import { describeUser, nameOf } from './describe-user.js';
import { addRecovery } from './recovery.js';
import { withAdmin } from './with-admin.js';

const MAX_LIMIT = 100;

interface FindOptions extends OutputOptions {
  limit: number;
}

type ConfirmedOptions = ConfirmOptions & OutputOptions;

export function addUsers(program: Command, environment: Environment): void {
  const users = program.command('users').description('find, show and change people’s accounts');
  addFind(users, environment);
  addShow(users, environment);
  addDisable(users, environment);
  addEnable(users, environment);
  addDisconnect(users, environment);
  addSettle(users, environment);
  addRecovery(users, environment);
  addDelete(users, environment);
  addExport(users, environment);
}

function addFind(users: Command, environment: Environment): void {
  users
    .command('find')
    .description('find users; those who signed in last come first')
    .argument('<text>', 'an id, an address, provider:subject, a username, or a part of a name')
    .option('--limit <number>', `how many to show, up to ${MAX_LIMIT}`, parseLimit, 20)
    .option('--json', 'print one JSON document: an array of users')
    .action((text: string, options: FindOptions) => find(environment, text, options));
}

function find(environment: Environment, text: string, options: FindOptions): Promise<void> {
  return withAdmin(environment, async (admin) => {
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

function addShow(users: Command, environment: Environment): void {
  users
    .command('show')
    .description('show a user and their identities')
    .argument('<user-id>')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: OutputOptions) =>
      withAdmin(environment, async (admin) => {
        const user = await admin.show(id);
        if (json === true) printJson(user);
        else printLines(describeUser(user));
      }),
    );
}

function addDisable(users: Command, environment: Environment): void {
  users
    .command('disable')
    .description('end a user’s sessions, and refuse their sign-ins until they are enabled')
    .argument('<user-id>')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, options: ConfirmedOptions) => disable(environment, id, options));
}

function disable(environment: Environment, id: string, options: ConfirmedOptions): Promise<void> {
  return withAdmin(environment, async (admin) => {
    const user = await admin.show(id);
    await confirm(`Disable ${nameOf(user)}?`, options);
    const { changed, endedSessions } = await admin.disable(id);
    if (options.json === true) return printJson({ id, disabled: true, changed, endedSessions });
    const was = changed ? 'is disabled' : 'was disabled already';
    printLines([`${nameOf(user)} ${was}. Sessions ended: ${endedSessions}.`]);
  });
}

function addEnable(users: Command, environment: Environment): void {
  users
    .command('enable')
    .description('let a disabled user sign in again')
    .argument('<user-id>')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: OutputOptions) =>
      withAdmin(environment, async (admin) => {
        const changed = await admin.enable(id);
        if (json === true) return printJson({ id, disabled: false, changed });
        const was = changed ? 'may sign in again' : 'was not disabled';
        printLines([`${nameOf(await admin.show(id))} ${was}.`]);
      }),
    );
}

function addDisconnect(users: Command, environment: Environment): void {
  users
    .command('disconnect')
    .description('disconnect a provider from a user, and end the sessions that it has proven')
    .argument('<user-id>')
    .argument('<provider>')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, name: string, options: ConfirmedOptions) => {
      const provider = providerFrom(name);
      return withAdmin(environment, async (admin) => {
        const user = await admin.show(id);
        await confirm(`Disconnect ${provider} from ${nameOf(user)}?`, options);
        await admin.disconnect(id, provider);
        if (options.json === true) printJson({ id, provider, disconnected: true });
        else printLines([`${provider} is disconnected from ${nameOf(user)}.`]);
      });
    });
}

function addSettle(users: Command, environment: Environment): void {
  users
    .command('settle')
    .description('let a provider that a user connected lately count like those before it')
    .argument('<user-id>')
    .argument('<provider>')
    .option('--json', 'print one JSON document')
    .action((id: string, name: string, { json }: OutputOptions) => {
      const provider = providerFrom(name);
      return withAdmin(environment, async (admin) => {
        const changed = await admin.settle(id, provider);
        if (json === true) return printJson({ id, provider, settled: true, changed });
        const was = changed ? 'counts now' : 'counted already';
        printLines([`${provider} of ${nameOf(await admin.show(id))} ${was}.`]);
      });
    });
}

function addDelete(users: Command, environment: Environment): void {
  users
    .command('delete')
    .description('delete a user and all that is theirs; there is no way back')
    .argument('<user-id>')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, options: ConfirmedOptions) => deleteUser(environment, id, options));
}

function deleteUser(
  environment: Environment,
  id: string,
  options: ConfirmedOptions,
): Promise<void> {
  return withAdmin(environment, async (admin) => {
    const user = await admin.show(id);
    await confirm(`Delete ${nameOf(user)} and all that is theirs, for good?`, options);
    await admin.delete(id);
    if (options.json === true) printJson({ id, deleted: true });
    else printLines([`${nameOf(user)} is deleted.`]);
  });
}

function addExport(users: Command, environment: Environment): void {
  users
    .command('export')
    .description('print all that is held about a user, as one JSON document')
    .argument('<user-id>')
    .option('--json', 'what it prints anyway')
    .action((id: string) =>
      withAdmin(environment, async (admin) => {
        await printJsonParts(await admin.export(id));
      }),
    );
}
