import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import { Database } from './database.js';
import type { Schema } from './schema.js';
import { ConstraintViolation } from './store-error.js';

/** How often a transaction that met a concurrent one is tried: the second try finds what the other has written. */
const MAX_TRIES = 3;

/** Another transaction has changed what this one relies on. */
export class ConcurrentChange extends Error {}

/** A transaction. */
export interface UnitOfWorkTransaction extends Transaction<Schema> {
  /** Registers what is done once the transaction has been committed: log lines, what the browser is given. */
  afterCommit(effect: () => void): void;
}

/** Runs each use case in one transaction: all of it is done, or nothing. */
@Injectable()
export class UnitOfWork {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Runs work in a transaction, and again when a constraint says that a concurrent one came first.
   *
   * @throws ConstraintViolation or ConcurrentChange when that happens over and over; what `work` throws
   */
  async run<T>(work: (tx: UnitOfWorkTransaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        const isConcurrent =
          error instanceof ConstraintViolation || error instanceof ConcurrentChange;
        if (!isConcurrent || attempt === MAX_TRIES) throw error;
      }
    }
  }

  private async attempt<T>(work: (tx: UnitOfWorkTransaction) => Promise<T>): Promise<T> {
    const effects: (() => void)[] = [];
    const afterCommit = (effect: () => void): void => void effects.push(effect);
    const result = await this.database
      .transaction()
      .execute((transaction) => work(Object.assign(transaction, { afterCommit })));
    for (const effect of effects) effect();
    return result;
  }
}
