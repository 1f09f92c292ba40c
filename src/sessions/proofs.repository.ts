import { Inject, Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { Assurance } from '../common/assurance.js';
import { AppError } from '../common/errors/app-error.js';
import { Database, type Queryable } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { IdentitiesTable, Schema } from '../database/schema.js';
import type { SessionProofsTable } from '../database/session-tables.js';
import type { SignedInSession } from './signed-in-session.js';

/** What a sign-in or a step-up has proven. */
export interface Proof {
  readonly issuer: string;
  readonly subject: string;
  readonly assurance: Assurance;
  /** Milliseconds since 1970: the provider's time where it has signed one, otherwise ours. */
  readonly at: number;
}

const insertProof = new PreparedQuery((db, proof: SessionProofsTable) => {
  const { session_id, issuer, subject, first_at, first_assurance } = proof;
  const { latest_at, latest_assurance, asked_at, proven_at } = proof;
  const latest = { latest_at, latest_assurance, asked_at, proven_at };
  return db
    .insertInto('session_proofs')
    .values({ session_id, issuer, subject, first_at, first_assurance, ...latest });
});

const selectProofs = new PreparedQuery((db, { sessionId }: { sessionId: string }) =>
  db.selectFrom('session_proofs').selectAll().where('session_id', '=', sessionId),
);

type FoundSession = Pick<SignedInSession, 'publicId' | 'tokenHash'>;

/** Finds nothing once the session goes by another id: who has its dead cookie gets nothing of what was proven since. */
const foundProofs = (db: Kysely<Schema>, { publicId, tokenHash }: FoundSession) =>
  db
    .selectFrom('session_proofs')
    .innerJoin('sessions', 'sessions.id', 'session_proofs.session_id')
    .where('session_proofs.session_id', '=', publicId)
    .where((row) =>
      row.or([
        row('sessions.token_hash', '=', tokenHash),
        row('sessions.domain_token_hash', '=', tokenHash),
      ]),
    );

const selectFound = new PreparedQuery((db, session: FoundSession) =>
  foundProofs(db, session).selectAll('session_proofs'),
);

/** What somebody was asked for in a session, and when. */
export type AskedProof = Pick<SessionProofsTable, 'issuer' | 'subject' | 'asked_at' | 'proven_at'>;

const selectAsked = new PreparedQuery((db, session: FoundSession) =>
  foundProofs(db, session)
    .select([
      'session_proofs.issuer',
      'session_proofs.subject',
      'session_proofs.asked_at',
      'session_proofs.proven_at',
    ])
    .where('session_proofs.asked_at', 'is not', null),
);

/** Queries on what sessions have proven. */
@Injectable()
export class ProofsRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** What a session has proven; nothing when it has ended since it was found, or goes by another id. */
  of(
    { publicId, tokenHash }: FoundSession,
    db: Queryable = this.database,
  ): Promise<SessionProofsTable[]> {
    return selectFound.rows(db, { publicId, tokenHash });
  }

  /**
   * As `of`, for what is to be changed or handed out.
   *
   * @throws AppError `unauthenticated` when the session has ended since it was found; `session_changed` when it goes by
   *   another id
   */
  async heldBy(
    session: FoundSession,
    db: Queryable = this.database,
  ): Promise<SessionProofsTable[]> {
    const proofs = await this.of(session, db);
    if (proofs.length > 0) return proofs;
    // Every session has a proof.
    const goesOn = (await selectProofs.first(db, { sessionId: session.publicId })) !== undefined;
    throw new AppError(goesOn ? 'session_changed' : 'unauthenticated');
  }

  /** Those for which somebody was asked: most sessions have none. */
  askedOf({ publicId, tokenHash }: FoundSession): Promise<AskedProof[]> {
    return selectAsked.rows(this.database, { publicId, tokenHash });
  }

  /** What all sessions of a user have proven. */
  ofUser(userId: string): Promise<SessionProofsTable[]> {
    return this.database
      .selectFrom('session_proofs')
      .innerJoin('sessions', 'sessions.id', 'session_proofs.session_id')
      .selectAll('session_proofs')
      .where('sessions.user_id', '=', userId)
      .orderBy('session_proofs.first_at')
      .execute();
  }

  /** The first proof of a session, or of an identity in it. */
  async insert(
    db: Queryable,
    sessionId: string,
    { issuer, subject, assurance, at }: Proof,
  ): Promise<void> {
    await insertProof.changes(db, {
      session_id: sessionId,
      issuer,
      subject,
      first_at: at,
      first_assurance: assurance,
      latest_at: at,
      latest_assurance: assurance,
      asked_at: assurance === 'none' ? null : at,
      proven_at: assurance === 'proven' ? at : null,
    });
  }

  /** Adds a proof to a session whose user is locked by this transaction. Times only advance. */
  async add(db: Queryable, sessionId: string, proof: Proof): Promise<void> {
    const { issuer, subject, assurance, at } = proof;
    const known = (await selectProofs.rows(db, { sessionId })).find(
      (each) => each.issuer === issuer && each.subject === subject,
    );
    if (known === undefined) {
      await this.insert(db, sessionId, proof);
      return;
    }
    const { asked_at: askedAt, proven_at: provenAt } = known;
    await db
      .updateTable('session_proofs')
      .set({
        ...(at >= known.latest_at && { latest_at: at, latest_assurance: assurance }),
        ...(assurance !== 'none' && { asked_at: Math.max(at, askedAt ?? 0) }),
        ...(assurance === 'proven' && { proven_at: Math.max(at, provenAt ?? 0) }),
        session_id: sessionId,
      })
      .where('session_id', '=', sessionId)
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }

  /** Ends all sessions that identities of an issuer have proven, and what is to become one. */
  async endSessionsOfIssuer(db: Queryable, issuer: string): Promise<void> {
    const proven = db
      .selectFrom('session_proofs')
      .select('session_id')
      .where('issuer', '=', issuer);
    await db.deleteFrom('sessions').where('id', 'in', proven).execute();
    await db
      .deleteFrom('handovers')
      .where('issuer', '=', issuer)
      .where('session_id', 'is', null)
      .execute();
  }

  /**
   * Ends the sessions of a user among whose proofs an identity is, and what it has proven that is to become one.
   *
   * @param except the public id of the one that goes on
   */
  async endSessionsProvenBy(
    db: Queryable,
    { issuer, subject, user_id }: Pick<IdentitiesTable, 'issuer' | 'subject' | 'user_id'>,
    except: string | null,
  ): Promise<void> {
    const proven = db
      .selectFrom('session_proofs')
      .select('session_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject);
    await db
      .deleteFrom('sessions')
      .where('user_id', '=', user_id)
      .where('id', '<>', except ?? '')
      .where('id', 'in', proven)
      .execute();
    await db
      .deleteFrom('handovers')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .where('session_id', 'is', null)
      .execute();
  }
}
