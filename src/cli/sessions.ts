import type { Command } from 'commander';
import type { Environment } from '../config/load-config.js';
import { placeOf } from '../config/handover-targets.js';
import { type SessionSummary, toSessionSummary } from '../sessions/session.schema.js';
import {
  confirm,
  type ConfirmOptions,
  note,
  type OutputOptions,
  printJson,
  printLines,
  table,
} from './output.js';
import { nameOf } from './describe-user.js';
import { CommandFailure, USAGE } from './failure.js';
import { withAdmin } from './with-admin.js';

interface RevokeOptions extends ConfirmOptions, OutputOptions {
  all?: boolean;
  user?: string;
}

/** `latchkey sessions …`: where people are signed in. */
export function addSessions(program: Command, environment: Environment): void {
  const sessions = program.command('sessions').description('list and end people’s sessions');
  addList(sessions, environment);
  addRevoke(sessions, environment);
}

function addList(sessions: Command, environment: Environment): void {
  sessions
    .command('list')
    .description('show where a user is signed in; the last seen comes first')
    .argument('<user-id>')
    .option('--json', 'print one JSON document: an array of sessions')
    .action((id: string, options: OutputOptions) => list(environment, id, options));
}

function list(environment: Environment, userId: string, { json }: OutputOptions): Promise<void> {
  return withAdmin(environment, async (admin) => {
    const rows = await admin.listSessions(userId);
    const shown = rows.map((row) => toSessionSummary(row, null));
    if (json === true) return printJson(shown.map(({ current: _current, ...session }) => session));
    if (shown.length === 0) return note('The user is not signed in anywhere.');
    const lines = shown.map((session) => [
      session.id,
      session.provider,
      session.lastSeenAt,
      session.expiresAt,
      session.address ?? '-',
      whereOf(session),
    ]);
    printLines(table(['ID', 'PROVIDER', 'LAST SEEN', 'EXPIRES', 'ADDRESS', 'BROWSER'], lines));
  });
}

function whereOf({ target, browser, system }: SessionSummary): string {
  if (target !== null) return placeOf(target);
  return [browser, system].filter((part) => part !== null).join(' on ') || '-';
}

function addRevoke(sessions: Command, environment: Environment): void {
  sessions
    .command('revoke')
    .description('end a session, or with --all --user <user-id> all sessions of a user')
    .argument('[session-id]')
    .option('--all', 'end all sessions of the user')
    .option('--user <user-id>', 'the user whose sessions end')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string | undefined, options: RevokeOptions) => {
      const { all = false, user } = options;
      if (id !== undefined && !all && user === undefined) return revoke(environment, id, options);
      if (id === undefined && all && user !== undefined) {
        return revokeAll(environment, user, options);
      }
      throw new CommandFailure('Name a session, or --all --user <user-id>.', USAGE);
    });
}

function revoke(environment: Environment, id: string, options: RevokeOptions): Promise<void> {
  return withAdmin(environment, async (admin) => {
    const owner = await admin.ownerOfSession(id);
    await confirm(`End session ${id} of ${nameOf(owner)}?`, options);
    await admin.revokeSession(owner.id, id);
    if (options.json === true) printJson({ userId: owner.id, revoked: 1 });
    else printLines([`Session ${id} of ${nameOf(owner)} has ended.`]);
  });
}

function revokeAll(environment: Environment, id: string, options: RevokeOptions): Promise<void> {
  return withAdmin(environment, async (admin) => {
    const user = await admin.show(id);
    await confirm(`End all sessions of ${nameOf(user)}?`, options);
    const revoked = await admin.revokeAllSessions(id);
    if (options.json === true) printJson({ userId: id, revoked });
    else printLines([`Sessions of ${nameOf(user)} that have ended: ${revoked}.`]);
  });
}
