import { Inject, Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../database/database.js';
import type { HandoversTable } from '../database/session-tables.js';
import { identityIn } from './asked-answer.js';

/** A sign-in, which has an identity from the beginning. */
export type SignInHandover = HandoversTable & {
  issuer: string;
  subject: string;
  answered_at: number;
  authenticated_at: number;
};

/** More than anybody begins within the minutes that one lasts. An identity waits for its owner once, the latest time. */
const MAX_PENDING = { 'sign-in': 20, link: 20, reauthenticate: 20, 'pending-link': 1 };

/** Queries on hand-overs. */
@Injectable()
export class HandoversRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Adds one. Of those that are not used only the newest are kept: of an identity, or of what a session asks for. So nobody
   * pushes out what is another's, nor does a question, which any page can have a browser come to, push out a code.
   */
  async add(db: Queryable, handover: HandoversTable): Promise<void> {
    await db.insertInto('handovers').values(handover).execute();
    const { user_id, session_id, kind, code_hash } = handover;
    const pending = await db
      .selectFrom('handovers')
      .select(['id', 'kind', 'issuer', 'subject', 'answer'])
      .where('user_id', '=', user_id)
      .where('session_id', session_id === null ? 'is' : '=', session_id)
      .where('kind', '=', kind)
      .where('code_hash', code_hash === null ? 'is' : 'is not', null)
      .where('used_at', 'is', null)
      .orderBy('id', 'desc')
      .execute();
    const own = identityIn(handover);
    const surplus = pending.filter((row) => identityIn(row) === own).slice(MAX_PENDING[kind]);
    if (surplus.length === 0) return;
    const ids = surplus.map(({ id }) => id);
    await db.deleteFrom('handovers').where('id', 'in', ids).execute();
  }

  /** The one that a browser is to confirm, or has confirmed. */
  ofBrowser(browserHash: string): Promise<HandoversTable | undefined> {
    return this.database
      .selectFrom('handovers')
      .selectAll()
      .where('browser_hash', '=', browserHash)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
  }

  /** The sign-in with a code, whether it still counts or not. */
  async signInOf(codeHash: string, db: Queryable): Promise<SignInHandover | undefined> {
    const row = await db
      .selectFrom('handovers')
      .selectAll()
      .where('code_hash', '=', codeHash)
      .where('kind', '=', 'sign-in')
      .executeTakeFirst();
    // By a constraint, a sign-in has them all.
    return row as SignInHandover | undefined;
  }

  /**
   * What a session has asked for, or a sign-in has left to its user, by the code that it brings back; once, while that counts.
   */
  async takeAsked(
    db: Queryable,
    {
      code_hash,
      challenge,
      session_id,
      user_id,
    }: Pick<HandoversTable, 'code_hash' | 'challenge' | 'session_id' | 'user_id'>,
  ): Promise<HandoversTable | undefined> {
    return db
      .deleteFrom('handovers')
      .where('code_hash', '=', code_hash)
      .where('challenge', '=', challenge)
      .where('user_id', '=', user_id)
      .where((row) =>
        row.or([row('session_id', '=', session_id), row('kind', '=', 'pending-link')]),
      )
      .where('kind', '<>', 'sign-in')
      .where('expires_at', '>', Date.now())
      .returningAll()
      .executeTakeFirst();
  }

  /** The identity that waits for its owner, by its code. */
  pendingLinkOf({
    code_hash,
    challenge,
    user_id,
  }: Pick<HandoversTable, 'code_hash' | 'challenge' | 'user_id'>): Promise<
    Pick<HandoversTable, 'target'> | undefined
  > {
    return this.database
      .selectFrom('handovers')
      .select('target')
      .where('code_hash', '=', code_hash)
      .where('challenge', '=', challenge)
      .where('user_id', '=', user_id)
      .where('kind', '=', 'pending-link')
      .executeTakeFirst();
  }

  /** The one that a ticket begins. */
  ofTicket(ticketHash: string): Promise<HandoversTable | undefined> {
    return this.database
      .selectFrom('handovers')
      .selectAll()
      .where('ticket_hash', '=', ticketHash)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
  }

  /** Uses a ticket. Returns whether this was the first time. */
  async useTicket(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.database
      .updateTable('handovers')
      .set({ ticket_hash: null })
      .where('id', '=', id)
      .where('ticket_hash', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Writes down what the provider has answered, once. Returns false when the session that asked has ended. */
  async answer(
    db: Queryable,
    id: string,
    {
      answer,
      browser_hash,
      expires_at,
    }: Pick<HandoversTable, 'answer' | 'browser_hash' | 'expires_at'>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('handovers')
      .set({ answer, browser_hash, expires_at })
      .where('id', '=', id)
      .where('answer', 'is', null)
      .where('ticket_hash', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Gives one its code, unless it has one. */
  async confirm(
    id: string,
    { code_hash, expires_at }: Pick<HandoversTable, 'code_hash' | 'expires_at'>,
  ): Promise<void> {
    await this.database
      .updateTable('handovers')
      .set({ code_hash, expires_at })
      .where('id', '=', id)
      .where('code_hash', 'is', null)
      .execute();
  }

  /** Drops one that is not used yet; whoever says yes and then no has said no. */
  async decline(id: string): Promise<void> {
    await this.database
      .deleteFrom('handovers')
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .execute();
  }

  /** Marks one as used. Returns whether this was the first. */
  async use(
    db: Queryable,
    id: string,
    {
      session_id,
      used_at,
      expires_at,
    }: Pick<HandoversTable, 'session_id' | 'used_at' | 'expires_at'>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('handovers')
      .set({ session_id, used_at, expires_at })
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
