import { Command } from 'commander';
import type { Environment } from '../config/load-config.js';
import { addMigrate } from './migrate.js';
import { addSandbox } from './sandbox.js';
import { serve } from './serve.js';
import { addSessions } from './sessions/sessions.js';
import { addUsers } from './users/users.js';
import { version } from './version.js';

/**
 * The command line: `latchkey <command>`. Without a command it serves.
 *
 * @param environment where every command reads its configuration from
 * @returns what throws CommanderError when it is used wrongly, and after `--help` and `--version`
 */
export function createProgram(environment: Environment): Command {
  const program = new Command('latchkey')
    .description('Sign-in with Google, X and Facebook.')
    .version(version())
    .exitOverride();
  program
    .command('serve', { isDefault: true })
    .description('run the service until it is told to stop')
    .action(() => serve(environment));
  addMigrate(program, environment);
  addSandbox(program, environment);
  addUsers(program, environment);
  addSessions(program, environment);
  return program;
}
