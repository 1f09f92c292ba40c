import { constants } from 'node:fs';
import { access, open, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from '../../common/http/network-failure.js';
import { broken, ok, type Result, warning } from '../check.js';

const MB = 1024 * 1024;
const LOW_SPACE = 100 * MB;

/** With less, SQLite's write-ahead log cannot grow. */
const NO_SPACE = MB;

/** The place of an embedded database that exists, or is to be created. */
export interface FileState {
  file: string;
  exists: boolean;
  /** Its folder, or the nearest one above that exists. */
  folder: string;
  /** The system's code for why it cannot be written. */
  refusal: string | null;
  freeBytes: number | null;
}

export async function fileState(path: string): Promise<FileState> {
  const file = resolve(path);
  const folder = await nearestFolder(dirname(file));
  const exists = await isThere(file);
  const refusal = await refusalOf(exists ? file : null, folder);
  return { file, exists, folder, refusal, freeBytes: await freeBytesIn(folder) };
}

export function checkFile({ file, exists, folder, refusal, freeBytes }: FileState): Result[] {
  if (refusal !== null) {
    return [
      broken(
        `The database file ${file} cannot be written (${refusal}).`,
        `Let the user that the service runs as write to ${folder} and what is in it, or name another file in DATABASE_URL.`,
      ),
    ];
  }
  return [
    exists
      ? ok(`This user may write the database file ${file}.`)
      : ok(`The database file ${file} is not there yet: the first start makes it.`),
    ...checkSpace(freeBytes),
  ];
}

export function checkSpace(freeBytes: number | null): Result[] {
  if (freeBytes === null || freeBytes >= LOW_SPACE) return [];
  return [
    (freeBytes < NO_SPACE ? broken : warning)(
      `Only ${Math.floor(freeBytes / MB)} MB are free where the database lies.`,
      'Make room: a full disk makes every sign-in fail.',
    ),
  ];
}

/** The free bytes in a folder; null where the system does not tell. */
export async function freeBytesIn(folder: string): Promise<number | null> {
  const space = await statfs(folder).catch(() => null);
  return space === null ? null : space.bavail * space.bsize;
}

async function nearestFolder(path: string): Promise<string> {
  const above = dirname(path);
  return above === path || (await isThere(path)) ? path : nearestFolder(above);
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** SQLite writes the file, and others beside it (https://www.sqlite.org/tempfiles.html). */
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
