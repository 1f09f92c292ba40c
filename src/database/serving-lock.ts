import { existsSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { createPrivateFile } from './embedded-file.js';
import { openSqlite } from './sqlite.js';
import { driverCode, translateStoreError } from './store-error.js';

const POLL_MS = 100;

/** Waiting is told when the one before takes longer than that to stop. */
const TOLD_AFTER_MS = 1000;

/** Longer than a service takes to stop on a machine of its own, so that a restart works. */
const WAIT_MS = 10_000;

/** One process serves an embedded database: what it keeps in memory (rate limits, the cache of pages) knows of no other. */
export class ServedElsewhere extends Error {}

/**
 * Holds a database file for the one process that serves it: an exclusive transaction on an empty file beside it. It is
 * SQLite's lock and so the operating system's, on the file itself: it ends with the process however that ends, it holds
 * between containers that share a volume, and where the file system keeps no locks the database could not be used either
 * (https://www.sqlite.org/lockingv3.html). The database's own file is not locked, so commands run beside the service.
 */
export class ServingLock {
  private constructor(private readonly connection: DatabaseSyncInstance) {}

  /**
   * @param onWait called once, when another process has it for a while
   * @throws ServedElsewhere after ten seconds; AppError `store_unavailable`
   */
  static async take(database: string, onWait: () => void): Promise<ServingLock> {
    const file = `${existsSync(database) ? realpathSync(database) : database}.lock`;
    const connection = open(file);
    const began = performance.now();
    let isTold = false;
    while (!begin(connection)) {
      const waited = performance.now() - began;
      if (waited > WAIT_MS) {
        connection.close();
        throw new ServedElsewhere(
          `Another process serves the database ${database}. Stop that one: an embedded database has one service. For several, use PostgreSQL (DATABASE_URL).`,
        );
      }
      if (waited > TOLD_AFTER_MS && !isTold) {
        isTold = true;
        onWait();
      }
      await sleep(POLL_MS);
    }
    return new ServingLock(connection);
  }

  release(): void {
    this.connection.close();
  }
}

function open(file: string): DatabaseSyncInstance {
  try {
    createPrivateFile(file);
    return openSqlite(file, ['busy_timeout = 0']);
  } catch (error) {
    throw translateStoreError(error);
  }
}

/** Whether the lock is held from here on. */
function begin(connection: DatabaseSyncInstance): boolean {
  try {
    connection.exec('begin exclusive');
    return true;
  } catch (error) {
    if (driverCode(error) === 'SQLITE_BUSY') return false;
    throw translateStoreError(error);
  }
}
