import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { printJson } from '../output.js';
import { withAdmin } from '../with-admin.js';

/** `latchkey users export`: the document that the user would get themselves. */
export function addExport(users: Command, environment: Environment): void {
  users
    .command('export')
    .description('print all that is held about a user, as one JSON document')
    .argument('<user-id>')
    .option('--json', 'what it prints anyway')
    .action((id: string) =>
      withAdmin(environment, async (admin) => {
        printJson(await admin.export(id));
      }),
    );
}
