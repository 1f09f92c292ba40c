import { constants } from 'node:fs';
import { access, open, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from '../network-failure.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/** The least free space, in bytes. */
const LOW_SPACE = 100 * 1024 * 1024;

/** With less than this, in bytes, SQLite's log beside the file does not grow any more. */
const NO_SPACE = 1024 * 1024;

/** What the file system tells of the place where the embedded database lies, or is to lie. */
export interface FileState {
  file: string;
  exists: boolean;
  /** Where it is, or the nearest folder above it that is there. */
  folder: string;
  /** Why it cannot be written, as the system's code; null when it can. */
  refusal: string | null;
  freeBytes: number | null;
}

/** Looks at the place, and changes nothing there. */
export async function fileState(path: string): Promise<FileState> {
  const file = resolve(path);
  const folder = await nearestFolder(dirname(file));
  const exists = await isThere(file);
  const refusal = await refusalOf(exists ? file : null, folder);
  const space = await statfs(folder).catch(() => null);
  return {
    file,
    exists,
    folder,
    refusal,
    freeBytes: space === null ? null : space.bavail * space.bsize,
  };
}

/** Judges the place. */
export function judgeFile({ file, exists, folder, refusal, freeBytes }: FileState): Judgement[] {
  if (refusal !== null) {
    return [
      broken(
        `The database file ${file} cannot be written (${refusal}).`,
        `Let the user that the service runs as write to ${folder} and what is in it, or name another file in DATABASE_URL.`,
      ),
    ];
  }
  const found = [
    exists
      ? ok(`This user may write the database file ${file}.`)
      : ok(`The database file ${file} is not there yet: the first start makes it.`),
  ];
  if (freeBytes !== null && freeBytes < LOW_SPACE) {
    const bad = freeBytes < NO_SPACE ? broken : warning;
    found.push(
      bad(
        `Only ${Math.floor(freeBytes / 1024 / 1024)} MB are free where the database lies.`,
        'Make room: a full disk makes every sign-in fail.',
      ),
    );
  }
  return found;
}

async function nearestFolder(path: string): Promise<string> {
  const above = dirname(path);
  return above === path || (await isThere(path)) ? path : nearestFolder(above);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** SQLite writes the file, and makes others beside it (https://www.sqlite.org/tempfiles.html). */
async function refusalOf(file: string | null, folder: string): Promise<string | null> {
  try {
    if (!(await stat(folder)).isDirectory()) return 'ENOTDIR';
    await access(folder, constants.W_OK | constants.X_OK);
    if (file !== null) await (await open(file, 'r+')).close();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}
