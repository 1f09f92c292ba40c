import { escapeControlCharacters } from '../common/unsafe-characters.js';
import { createInterface } from 'node:readline/promises';
import { CommandFailure, USAGE } from './failure.js';

/** The option of every command that prints a result. */
export interface OutputOptions {
  json?: boolean;
}

/** A result as one JSON document that is safe to be shown. It parses to the same value, whatever it holds. */
export function jsonDocument(value: unknown): string {
  return `${escapeLines(JSON.stringify(value, null, 2))}\n`;
}

function escapeLines(text: string): string {
  return text.split('\n').map(escapeControlCharacters).join('\n');
}

/** Writes a result to standard output: one JSON document. */
export function printJson(value: unknown): void {
  process.stdout.write(jsonDocument(value));
}

/** Writes a result to standard output: one JSON document that comes in parts, as fast as it is read. */
export async function printJsonParts(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) {
    const isWritten = await new Promise<boolean>((resolve) => {
      process.stdout.write(escapeLines(part), (error) => resolve(!error));
    });
    // `outputFailed` says why, where it matters.
    if (!isWritten) return;
  }
}

/** Writes a result to standard output: lines for people. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${escapeControlCharacters(line)}\n`).join(''));
}

/** For what is not the result: on standard error. */
export function note(line: string): void {
  process.stderr.write(`${escapeControlCharacters(line)}\n`);
}

/**
 * Handles an error of standard output. A reader who has gone (`| head`) has what they wanted; after anything else the
 * command has failed.
 */
export function outputFailed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  note(`The result could not be written (${error.code ?? error.message}).`);
  process.exitCode = 1;
}

/** Names and values in two columns; a value that is null is shown as `-`. */
export function fields(values: Readonly<Record<string, string | null>>): string[] {
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  return Object.entries(values).map(
    ([name, value]) => `${name.padEnd(width)}  ${escapeControlCharacters(value ?? '-')}`,
  );
}

export function table(names: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const shown = [names, ...rows.map((row) => row.map(escapeControlCharacters))];
  const widths = names.map((_, at) => Math.max(...shown.map((row) => lengthOf(row[at] ?? ''))));
  return shown.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - lengthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

/** In characters as people count them, which for most scripts is how wide a terminal shows them. */
function lengthOf(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}

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
    throw new CommandFailure('Cannot ask for confirmation without a terminal: add --yes.', USAGE);
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
