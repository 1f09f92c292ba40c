import { Inject, Injectable } from '@nestjs/common';
import { parseJson } from '../common/parse-json.js';
import type { SocialProfile } from '../providers/social-profile.js';
import { Database, type Queryable } from '../database/database.js';
import type { PendingLinksTable } from '../database/session-tables.js';
import { keptProfileSchema } from '../users/kept-profile.js';

/** The profile in a row; undefined when it is not one. */
export function profileIn({ profile }: PendingLinksTable): SocialProfile | undefined {
  return keptProfileSchema.safeParse(parseJson(profile)).data;
}

/** The pending link as shown to the person; the API's own shape is `sessionSchema`. */
export interface PendingLinkSummary {
  provider: PendingLinksTable['provider'];
  email: string | null;
  /** Whether the provider vouches for the address; false without one. */
  emailVerified: boolean;
  displayName: string | null;
  username: string | null;
  /** Whether it can be connected to the owner of the address: they have no other account of that provider. */
  canConnect: boolean;
  /** Whether the person may have an account of their own with it instead. */
  canSeparate: boolean;
}

/** Queries on pending links. A browser's is known by the hash of its cookie. */
@Injectable()
export class PendingLinksRepository {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Adds one. There is one per identity, and one per browser: those before it go. */
  async replace(
    db: Queryable,
    pending: PendingLinksTable,
    previousHash: string | null,
  ): Promise<void> {
    await db
      .deleteFrom('pending_links')
      .where((row) =>
        row.or([
          row.and([row('issuer', '=', pending.issuer), row('subject', '=', pending.subject)]),
          row('token_hash', '=', previousHash ?? ''),
        ]),
      )
      .execute();
    await db.insertInto('pending_links').values(pending).execute();
  }

  /** The one of a browser, answered or not, unless it has expired. */
  find(tokenHash: string): Promise<PendingLinksTable | undefined> {
    return this.database
      .selectFrom('pending_links')
      .selectAll()
      .where('token_hash', '=', tokenHash)
      .where('expires_at', '>', Date.now())
      .executeTakeFirst();
  }

  /** Marks the one of a browser as answered. Returns false when it was before: it can be answered once. */
  async answer(tokenHash: string, db: Queryable = this.database): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('pending_links')
      .set({ answered_at: Date.now() })
      .where('token_hash', '=', tokenHash)
      .where('answered_at', 'is', null)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }
}
