import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { readText } from './text-file.js';

/** What is wrong with a line, as a phrase that follows its number. It never quotes the line, which may hold a secret. */
interface Fault {
  line: number;
  fault: string;
}

/** A file of variables that cannot be used: one message lists every line that is wrong. */
export class EnvFileError extends Error {
  constructor(path: string, faults: readonly Fault[], reason = 'cannot be used:') {
    const lines = faults.map(({ line, fault }) => `\n  line ${line} ${fault}`);
    super(`The file ${resolve(path)} ${reason}${lines.join('')}`);
  }
}

/**
 * Adds the variables of a file to an environment, where they are not set already. Node's own reader would take a byte
 * order mark for a part of the first name, cut values off at a `#`, skip what it does not understand, and end with a
 * stack trace where a mount has made a folder of the file.
 *
 * @throws EnvFileError when the file is there and cannot be used
 */
export function addEnvFile(path: string, environment: Record<string, string | undefined>): void {
  const { variables, faults } = parseEnv(textOf(path));
  if (faults.length > 0) throw new EnvFileError(path, faults);
  for (const [name, value] of variables) environment[name] ??= value;
}

/** Empty where there is no such file. A link that leads nowhere is one that cannot be read. */
function textOf(path: string): string {
  try {
    const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return isThere ? readText(path) : '';
  } catch (error) {
    const { code = 'no code' } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EISDIR'
        ? 'is a folder, as container engines make one for a mount whose file is not there. Remove it, and put the file there first.'
        : `cannot be read (${code}). Let the user that the service runs as read it, or remove it.`;
    throw new EnvFileError(path, [], reason);
  }
}

const ASSIGNMENT = /^\s*(?:export\s+)?([a-z_][\w.-]*)\s*=(.*)$/i;

const OPENING_QUOTE = /^\s*(["'`])/;

/** Parses lines of `NAME=value`. A value in quotes may have several lines; a comment begins with `#` after white space. */
export function parseEnv(text: string): { variables: Map<string, string>; faults: Fault[] } {
  const lines = text.split(/\r\n?|\n/);
  const variables = new Map<string, string>();
  const faults: Fault[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [from, content = ''] = [at + 1, lines[at]];
    const [, name = '', raw = ''] = ASSIGNMENT.exec(content) ?? [];
    const quote = OPENING_QUOTE.exec(raw)?.[1];
    if (content.includes('\uFFFD')) {
      faults.push({ line: from, fault: 'is not UTF-8: save the file as UTF-8' });
    } else if (name === '') {
      if (/^\s*[^\s#]/.test(content)) faults.push({ line: from, fault: 'is not NAME=value' });
    } else if (quote === undefined) {
      variables.set(name, raw.replace(/(?<=\s)#.*$|^#\s.*$/, '').trim());
    } else {
      let value = raw.trimStart().slice(1);
      while (!value.includes(quote) && at + 1 < lines.length) value += `\n${lines[(at += 1)]}`;
      const end = value.indexOf(quote);
      if (end < 0) {
        faults.push({ line: from, fault: `begins a value with ${quote}, and nothing ends it` });
        at = from - 1;
      } else if (!/^\s*(?:#|$)/.test(value.slice(end + 1))) {
        faults.push({ line: at + 1, fault: `has more behind the ${quote} that ends its value` });
      } else {
        const inner = value.slice(0, end);
        variables.set(name, quote === '"' ? inner.replaceAll(String.raw`\n`, '\n') : inner);
      }
    }
  }
  return { variables, faults };
}
