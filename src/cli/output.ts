/** How a command is asked for its result. */
export interface OutputOptions {
  json?: boolean;
}

/** What a terminal or a log viewer may act upon: control characters, and those that change the direction of text. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** Makes text from outside safe to be shown: what a terminal would act upon is written as an escape, such as `\u001b`. */
export function plain(text: string): string {
  return text.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Writes a result to standard output: one JSON document. It parses to the same value, whatever it holds. */
export function printJson(value: unknown): void {
  const lines = JSON.stringify(value, null, 2).split('\n');
  process.stdout.write(`${lines.map(plain).join('\n')}\n`);
}

/** Writes a result to standard output: lines for people. */
export function printLines(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${plain(line)}\n`).join(''));
}

/** Says something that is not the result, on standard error. */
export function note(line: string): void {
  process.stderr.write(`${plain(line)}\n`);
}

/** Names and values in two columns; a value that is null is shown as `-`. */
export function fields(values: Readonly<Record<string, string | null>>): string[] {
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  return Object.entries(values).map(
    ([name, value]) => `${name.padEnd(width)}  ${plain(value ?? '-')}`,
  );
}

/** Rows in columns under their names. */
export function table(names: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const shown = [names, ...rows.map((row) => row.map(plain))];
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
