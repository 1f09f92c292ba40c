import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for a database file that has little room. */
export interface SmallDisk {
  folder: string;
  /** Makes the room small, for the process that writes there. */
  shrink(process: number): void;
  /** Gives it room again. */
  grow(process: number): void;
  remove(): void;
}

/**
 * A file system of its own with room for two megabytes: what a full disk is (ENOSPC). It takes the right to mount.
 *
 * @returns null where mounting is not allowed
 */
export function mountedDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    return null;
  }
  const resize = (size: string) =>
    execFileSync('mount', ['-o', `remount,size=${size}`, folder], { stdio: 'pipe' });
  return {
    folder,
    shrink: () => resize('2m'),
    grow: () => resize('64m'),
    remove() {
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A limit on how long a file of the process may get (EFBIG): what a quota does, and what works without any rights. */
export function limitedDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-limit-'));
  return {
    folder,
    shrink: (process) => limit(process, String(1024 * 1024)),
    grow: (process) => limit(process, 'unlimited'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function limit(process: number, bytes: string): void {
  execFileSync('prlimit', ['--pid', String(process), `--fsize=${bytes}:unlimited`]);
}
