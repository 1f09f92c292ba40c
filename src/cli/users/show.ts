import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { type OutputOptions, printJson, printLines } from '../output.js';
import { withServices } from '../services.js';
import { describeUser } from './describe-user.js';

/** `latchkey users show`: one user with their identities. */
export function addShow(users: Command, environment: Environment): void {
  users
    .command('show')
    .description('show a user and their identities')
    .argument('<user-id>')
    .option('--json', 'print one JSON document')
    .action((id: string, { json }: OutputOptions) =>
      withServices(environment, async (services) => {
        const user = await services.get(UserAdminService, { strict: false }).show(id);
        if (json === true) printJson(user);
        else printLines(describeUser(user));
      }),
    );
}
