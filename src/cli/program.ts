import { Command } from 'commander';
import { serviceVersion } from '../common/version.js';
import type { Environment } from '../config/load-config.js';
import type { DoctorOptions } from './doctor.js';
import type { MigrateOptions } from './migrate.js';
import type { RestoredOptions } from './restored.js';
import type { OutputOptions } from './output.js';
import { addIdentities } from './identities.js';
import { addKeys } from './keys.js';
import { addSessions } from './sessions.js';
import { waitForStopSignal } from './stop-signals.js';
import { addUsers } from './users.js';

/**
 * The command line: `latchkey <command>`. Without a command it serves. What a command needs is loaded when it runs, so
 * that help and mistakes are answered at once.
 *
 * @param environment where every command reads its configuration from
 * @returns what throws CommanderError when it is used wrongly, and after `--help` and `--version`
 */
export function createProgram(environment: Environment): Command {
  const program = new Command('latchkey')
    .description('Sign-in with Google, X and Facebook.')
    .version(serviceVersion)
    .exitOverride();
  program
    .command('serve', { isDefault: true })
    .description('run the service until it is told to stop')
    // It is what runs without a command, so a mistyped one comes here.
    .allowExcessArguments()
    .action(async (_options: unknown, { args: [unknown] }: Command) => {
      if (unknown !== undefined) program.error(`error: unknown command '${unknown}'`);
      // Before the rest is loaded: a container's first process ignores a signal that it does not listen to.
      const stopSignal = waitForStopSignal();
      await (await import('./serve.js')).serve(environment, stopSignal);
    });
  program
    .command('doctor')
    .description(
      'look at the configuration, the providers and the database; exit code 1 when something is broken',
    )
    .option('--request', 'also ask the running service, through PUBLIC_URL, as a browser would')
    .option('--offline', 'do not ask the providers')
    .option('--json', 'write the findings as JSON')
    .action(async (options: DoctorOptions) =>
      (await import('./doctor.js')).doctor(environment, options),
    );
  program
    .command('migrate')
    .description('bring the database to the schema of this version')
    .option('--check', 'change nothing; exit with 1 when something is to be done')
    .option('--json', 'print one JSON document')
    .action(async (options: MigrateOptions) =>
      (await import('./migrate.js')).migrate(environment, options),
    );
  program
    .command('sandbox')
    .description('run only the sandbox providers, for a service that runs elsewhere')
    .option('--json', 'print the settings for the service as one JSON document')
    .action(async (options: OutputOptions) =>
      (await import('./sandbox.js')).runSandbox(environment, options),
    );
  program
    .command('secret')
    .description('print a random SESSION_SECRET')
    .option('--json', 'print one JSON document')
    .action(async (options: OutputOptions) => (await import('./secret.js')).printSecret(options));
  program
    .command('openapi')
    .description('print the description of the API; no database is needed')
    .action(async () => (await import('./openapi.js')).printOpenApi(environment));
  program
    .command('restored')
    .description('after a backup was restored: end all sessions, and list what was decided since')
    .option('--log <file>', 'what the service has logged since the backup; - for standard input')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action(async (options: RestoredOptions) =>
      (await import('./restored.js')).restored(environment, options),
    );
  addUsers(program, environment);
  addSessions(program, environment);
  addIdentities(program, environment);
  addKeys(program, environment);
  return program;
}
