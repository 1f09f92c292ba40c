import { Command } from 'commander';
import type { Environment } from '../config/load-config.js';
import { addDoctor } from './doctor.js';
import { serve } from './serve.js';

/**
 * The command line: `latchkey <command>`. Without a command it serves.
 *
 * @param environment where every command reads its configuration from
 */
export function createProgram(environment: Environment): Command {
  const program = new Command('latchkey').description('Sign-in with Google, X and Facebook.');
  program
    .command('serve', { isDefault: true })
    .description('run the service until it is told to stop')
    .action(() => serve(environment));
  addDoctor(program, environment);
  return program;
}
