import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import { Database } from './database.js';
import type { Schema } from './schema.js';
import { ConstraintViolation } from './store-error.js';

const MAX_TRIES = 3;

export class ConcurrentChange extends Error {}

export interface UnitOfWorkTransaction extends Transaction<Schema> {
  /** Registers an effect to run after the commit, such as a log line or a cookie. */
  afterCommit(effect: () => void): void;
}

@Injectable()
export class UnitOfWork {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Runs work in a transaction, and retries it after a constraint violation or a concurrent change.
   *
   * @throws ConstraintViolation or ConcurrentChange when the retries are used up; what `work` throws
   */
  async run<T>(work: (tx: UnitOfWorkTransaction) => Promise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await this.runOnce(work);
      } catch (error) {
        const isConcurrent =
          error instanceof ConstraintViolation || error instanceof ConcurrentChange;
        if (!isConcurrent || count === MAX_TRIES) throw error;
      }
    }
  }

  private async runOnce<T>(work: (tx: UnitOfWorkTransaction) => Promise<T>): Promise<T> {
    const effects: (() => void)[] = [];
    const afterCommit = (effect: () => void): void => void effects.push(effect);
    const result = await this.database
      .transaction()
      .execute((transaction) => work(Object.assign(transaction, { afterCommit })));
    for (const effect of effects) effect();
    return result;
  }
}
