import { closeSync, fdatasync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { translateStoreError } from './store-error.js';

const sync = promisify(fdatasync);

/**
 * Group commit: syncs SQLite's write-ahead log without blocking the event loop, as SQLite itself would at each commit.
 * Commits made during a sync share the next one. A commit is acknowledged only after its sync.
 */
export class WalSync {
  private descriptor: number | null = null;
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | null = null;

  /** @param file the write-ahead log, which exists from the first write on while a connection is open */
  constructor(private readonly file: string) {}

  /** Resolves when everything written so far is on disk. Throws `store_unavailable`. */
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
    // Later commits need another sync.
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
