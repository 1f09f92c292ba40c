import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { confirm, type ConfirmOptions } from '../confirm.js';
import { type OutputOptions, printJson, printLines } from '../output.js';
import { withServices } from '../services.js';
import { nameOf } from './describe-user.js';

type DeleteOptions = ConfirmOptions & OutputOptions;

/** `latchkey users delete`: deletes a user as they can themselves. */
export function addDelete(users: Command, environment: Environment): void {
  users
    .command('delete')
    .description('delete a user and all that is theirs; there is no way back')
    .argument('<user-id>')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((id: string, options: DeleteOptions) => deleteUser(environment, id, options));
}

function deleteUser(environment: Environment, id: string, options: DeleteOptions): Promise<void> {
  return withServices(environment, async (services) => {
    const admin = services.get(UserAdminService, { strict: false });
    const user = await admin.show(id);
    await confirm(`Delete ${nameOf(user)} and all that is theirs, for good?`, options);
    await admin.delete(id);
    if (options.json === true) printJson({ id, deleted: true });
    else printLines([`${nameOf(user)} is deleted.`]);
  });
}
