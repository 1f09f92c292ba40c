import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { UserAdminService } from '../../users/user-admin.service.js';
import { printJson } from '../output.js';
import { withServices } from '../services.js';

/** `latchkey users export`: the document that the user would get themselves. */
export function addExport(users: Command, environment: Environment): void {
  users
    .command('export')
    .description('print all that is held about a user, as one JSON document')
    .argument('<user-id>')
    .option('--json', 'what it prints anyway')
    .action((id: string) =>
      withServices(environment, async (services) => {
        printJson(await services.get(UserAdminService, { strict: false }).export(id));
      }),
    );
}
