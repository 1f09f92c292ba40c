import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { translateStoreError } from './store-error.js';

const sync = promisify(fdatasync);

/**
 * Brings what has been committed to the disk. SQLite itself would do so at each commit, with the event loop waiting; here
 * the loop goes on, and commits that come while a sync is under way share the next one. Whoever has committed waits for
 * the sync before they say so.
 */
export class WalSync {
  private descriptor: number | null = null;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

  /** @param file SQLite's write-ahead log: it is there from the first write on, for as long as a connection is open */
  constructor(private readonly file: string) {}

  /** Resolves when all that has been written to the log until now is on the disk. Throws `store_unavailable`. */
  flush(): Promise<void> {
    this.next ??= this.afterRunning();
    return this.next;
  }

  close(): void {
    if (this.descriptor !== null) closeSync(this.descriptor);
    this.descriptor = null;
  }

  private async afterRunning(): Promise<void> {
    await this.running.catch(() => undefined);
    // From here on a commit is too late for this one.
    if (this.next !== null) this.running = this.next;
    this.next = null;
    try {
      this.descriptor ??= openSync(this.file, 'r');
      await sync(this.descriptor);
    } catch (error) {
      throw translateStoreError(error);
    }
  }
}
