import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { randomToken } from '../common/random.js';
import { ConfigError } from './config-error.js';
import { MIN_SECRET_LENGTH } from './secret-strength.js';

/** A session secret that nobody can guess: 384 random bits. */
export function newSecret(): string {
  return randomToken(48);
}

/**
 * The secret that is kept in a file, made by whoever first asks for it: a restart keeps everybody signed in.
 *
 * @throws ConfigError when it cannot be kept there, or others may know it
 */
export function keptSecret(file: string): string {
  try {
    if (!existsSync(file)) make(file);
    return read(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const needs = `is missing, and one cannot be kept in ${file} (${code ?? message}): set one (latchkey secret prints one)`;
    throw new ConfigError([{ variable: 'SESSION_SECRET', needs }], {});
  }
}

/**
 * Makes the file and its folder, for their owner only. The file gets its name once it is whole: of processes that start
 * together one makes it, and all of them read the same.
 */
function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomToken(8)}`;
  try {
    writeFileSync(draft, `${newSecret()}\n`, { flag: 'wx', mode: 0o600, flush: true });
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file: string): string {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    requirePrivate(descriptor, dirname(file));
    const secret = readFileSync(descriptor, 'utf8').trim();
    if (secret.length < MIN_SECRET_LENGTH) throw new Error('it has no secret in it');
    return secret;
  } finally {
    closeSync(descriptor);
  }
}

/** In a folder that others may write to, such as /tmp, the file could be theirs. Windows has neither owners nor modes. */
function requirePrivate(descriptor: number, folder: string): void {
  const user = process.getuid?.();
  if (user === undefined) return;
  const { uid, mode } = fstatSync(descriptor);
  if (uid !== user && uid !== statSync(folder).uid) throw new Error('it belongs to another user');
  if ((mode & 0o077) !== 0) throw new Error('others may read or write it');
}
