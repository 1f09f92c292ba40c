import { Inject, Injectable } from '@nestjs/common';
import type { Transaction } from 'kysely';
import { AppError } from '../common/errors/app-error.js';
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
   * @throws when the retries are used up, AppError `store_unavailable` for what others did at the same time, and
   *   ConstraintViolation for what the work itself violates; what `work` throws
   */
  async run<T>(work: (tx: UnitOfWorkTransaction) => Promise<T>): Promise<T> {
    for (let count = 1; ; count += 1) {
      try {
        return await this.runOnce(work);
      } catch (error) {
        const isViolation = error instanceof ConstraintViolation;
        if (!isViolation && !(error instanceof ConcurrentChange)) throw error;
        if (count < MAX_TRIES) continue;
        if (isViolation && error.kind !== 'conflict') throw error;
        throw new AppError('store_unavailable', {
          detail: 'Another request changed the same data at the same time. Try again in a moment.',
          cause: error,
        });
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
