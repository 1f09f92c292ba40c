import type { Environment } from '../config/load-config.js';
import { note, outputFailed } from './output.js';
import { createProgram } from './program.js';
import { exitCodeOf, reasonOf } from './failure.js';

/** Runs the command that the process was started with. When it fails, the process ends with its exit code. */
export async function run(environment: Environment): Promise<void> {
  process.stdout.on('error', outputFailed);
  process.once('beforeExit', exitUnfinished);
  try {
    await createProgram(environment).parseAsync();
    process.off('beforeExit', exitUnfinished);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason !== '') process.stderr.write(`${reason}\n`);
    process.exit(exitCodeOf(error));
  }
}

/** Node ends with 0 when nothing is left to wait for, also when what a command waited for never came. */
function exitUnfinished(): void {
  note('The command ended before it was done: what it waited for never answered.');
  process.exit(1);
}
