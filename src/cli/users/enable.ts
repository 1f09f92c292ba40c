import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { type OutputOptions, printJson, printLines } from '../output.js';
import { withServices } from '../services.js';
import { nameOf } from './describe-user.js';

/** `latchkey users enable`: lets a disabled user sign in again. */
export function addEnable(users: Command, environment: Environment): void {
  users
    .command('enable')
    .description('let a disabled user sign in again')
    .argument('<user-id>')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: OutputOptions) =>
      withServices(environment, async (services) => {
        const admin = services.get(UserAdminService, { strict: false });
        const changed = await admin.enable(id);
        if (json === true) return printJson({ id, disabled: false, changed });
        const was = changed ? 'may sign in again' : 'was not disabled';
        printLines([`${nameOf(await admin.show(id))} ${was}.`]);
      }),
    );
}
