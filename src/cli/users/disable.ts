import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { confirm, type ConfirmOptions } from '../confirm.js';
import { type OutputOptions, printJson, printLines } from '../output.js';
import { withServices } from '../services.js';
import { nameOf } from './describe-user.js';

type DisableOptions = ConfirmOptions & OutputOptions;

/** `latchkey users disable`: ends a user's sessions and lets them sign in no more. */
export function addDisable(users: Command, environment: Environment): void {
  users
    .command('disable')
    .description('end a user’s sessions, and refuse their sign-ins until they are enabled')
    .argument('<user-id>')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, options: DisableOptions) => disable(environment, id, options));
}

function disable(environment: Environment, id: string, options: DisableOptions): Promise<void> {
  return withServices(environment, async (services) => {
    const admin = services.get(UserAdminService, { strict: false });
    const user = await admin.show(id);
    await confirm(`Disable ${nameOf(user)}?`, options);
    const { changed, endedSessions } = await admin.disable(id);
    if (options.json === true) return printJson({ id, disabled: true, changed, endedSessions });
    const was = changed ? 'is disabled' : 'was disabled already';
    printLines([`${nameOf(user)} ${was}. Sessions ended: ${endedSessions}.`]);
  });
}
