import type { Command } from 'commander';
import type { Environment } from '../../config/load-config.js';
import { type OutputOptions, printJson, printLines } from '../output.js';
import { withAdmin } from '../with-admin.js';
import { describeUser } from './describe-user.js';

/** `latchkey users show`: one user with their identities. */
export function addShow(users: Command, environment: Environment): void {
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
