import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { confirm, type ConfirmOptions } from '../confirm.js';
import { CommandFailure, USAGE } from '../failure.js';
import { type OutputOptions, printJson, printLines } from '../output.js';
import { withServices } from '../services.js';
import { nameOf } from '../users/describe-user.js';

interface RevokeOptions extends ConfirmOptions, OutputOptions {
  all?: boolean;
  user?: string;
}

/** `latchkey sessions revoke`: ends one session, or all of a user. */
export function addRevoke(sessions: Command, environment: Environment): void {
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
  return withServices(environment, async (services) => {
    const admin = services.get(UserAdminService, { strict: false });
    const owner = await admin.ownerOfSession(id);
    await confirm(`End session ${id} of ${nameOf(owner)}?`, options);
    await admin.revokeSession(owner.id, id);
    if (options.json === true) printJson({ userId: owner.id, revoked: 1 });
    else printLines([`Session ${id} of ${nameOf(owner)} has ended.`]);
  });
}

function revokeAll(environment: Environment, id: string, options: RevokeOptions): Promise<void> {
  return withServices(environment, async (services) => {
    const admin = services.get(UserAdminService, { strict: false });
    const user = await admin.show(id);
    await confirm(`End all sessions of ${nameOf(user)}?`, options);
    const revoked = await admin.revokeAllSessions(id);
    if (options.json === true) printJson({ userId: id, revoked });
    else printLines([`Sessions of ${nameOf(user)} that have ended: ${revoked}.`]);
  });
}
