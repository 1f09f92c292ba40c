import { createInterface } from 'node:readline/promises';
import { escapeControlCharacters } from '../common/plain-text.js';
import { CommandFailure, USAGE } from './failure.js';

/** The options of a command that cannot be undone. */
export interface ConfirmOptions {
  yes?: boolean;
}

/**
 * Asks whether something is meant, on a terminal; elsewhere `--yes` has to say so.
 *
 * @throws CommandFailure when it is not meant, or nobody can be asked
 */
export async function confirm(question: string, { yes = false }: ConfirmOptions): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY) {
    throw new CommandFailure('There is nobody to ask whether this is meant: add --yes.', USAGE);
  }
  if (!/^y(?:es)?$/i.test((await ask(`${escapeControlCharacters(question)} [y/N] `)).trim())) {
    throw new CommandFailure('Nothing was changed.');
  }
}

/** The answer to a question; none when the person leaves (Ctrl-C, Ctrl-D). The question is not part of the result. */
async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const abort = new AbortController();
  const leave = () => abort.abort();
  terminal.once('SIGINT', leave).once('close', leave);
  try {
    return await terminal.question(question, { signal: abort.signal });
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    process.stderr.write('\n');
    return '';
  } finally {
    terminal.close();
  }
}
