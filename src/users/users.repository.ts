import { Inject, Injectable } from '@nestjs/common';
import { type Selectable, sql, type Updateable } from 'kysely';
import { providerIds } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { isActive, issuerOf } from '../config/issuers.js';
import { Database, type Queryable } from '../database/database.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { AddressOwner } from './account-linking.js';
import type { ProfileColumns } from './user-profile.js';

/** Not bound: SQLite uses a partial index only where the statement implies its condition (https://sqlite.org/partialindex.html). */
const isVerifiedUser = sql<boolean>`users.email_trust in ('authoritative', 'verified')`;
const isVerifiedIdentity = sql<boolean>`identities.email_trust in ('authoritative', 'verified')`;

const NO_ISSUER = '';

export type IdentityKey = Pick<IdentitiesTable, 'issuer' | 'subject'>;

/** An address by its key, and by number the issuers whose identities can own one. */
type OwnedAddress = { readonly emailKey: string } & Readonly<Record<number, string>>;

/** One parameter per provider, so that it is one statement. */
function issuersOf(address: OwnedAddress): string[] {
  return providerIds.map((_id, index) => address[index] as string);
}

const selectIdentities = new PreparedQuery((db, { userId }: { userId: string }) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('linked_at')
    .orderBy('provider'),
);

const selectIdentity = new PreparedQuery((db, { issuer, subject }: IdentityKey) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject),
);

const selectAddressOwner = new PreparedQuery((db, address: OwnedAddress) =>
  db
    .selectFrom('identities')
    .innerJoin('users', 'users.id', 'identities.user_id')
    .select('users.id')
    .where('identities.email_key', '=', address.emailKey)
    .where(isVerifiedIdentity)
    .where('identities.issuer', 'in', issuersOf(address))
    .orderBy((row) =>
      row
        .case()
        .when(row.and([row('users.email_key', '=', address.emailKey), isVerifiedUser]))
        .then(0)
        .else(1)
        .end(),
    )
    .orderBy('identities.last_used_at', 'desc')
    .limit(1),
);

/** Of a user whose identities with that address do not count any more. */
const releaseAddress = new PreparedQuery((db, address: OwnedAddress) =>
  db
    .updateTable('users')
    .set({ email_trust: sql.lit('claimed') })
    .where('users.email_key', '=', address.emailKey)
    .where(isVerifiedUser)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('identities')
            .select(sql.lit(1).as('one'))
            .whereRef('identities.user_id', '=', 'users.id')
            .whereRef('identities.email_key', '=', 'users.email_key')
            .where(isVerifiedIdentity)
            .where('identities.issuer', 'in', issuersOf(address)),
        ),
      ),
    ),
);

const selectParts = new PreparedQuery((db, { userId }: { userId: string }) =>
  db
    .selectFrom('identities')
    .selectAll()
    .select((row) =>
      row
        .exists(
          row
            .selectFrom('users')
            .select(sql.lit(1).as('one'))
            .whereRef('users.email_key', '=', 'identities.email_key')
            .whereRef('users.id', '<>', 'identities.user_id')
            .where(isVerifiedUser),
        )
        .as('is_taken'),
    )
    .where('user_id', '=', userId)
    .orderBy('linked_at')
    .orderBy('provider'),
);

const insertUser = new PreparedQuery((db, user: UsersTable) => {
  const { id, primary_issuer, display_name, email, email_key, email_trust, avatar_url } = user;
  const { created_at, updated_at, last_sign_in_at, disabled_at } = user;
  const profile = { display_name, email, email_key, email_trust, avatar_url };
  const times = { created_at, updated_at, last_sign_in_at, disabled_at };
  return db.insertInto('users').values({ id, primary_issuer, ...profile, ...times });
});

function profileOf(identity: IdentitiesTable) {
  const { username, display_name, email, email_key, email_trust, avatar_url } = identity;
  return { username, display_name, email, email_key, email_trust, avatar_url };
}

const insertIdentity = new PreparedQuery((db, identity: IdentitiesTable) => {
  const { provider, issuer, subject, user_id, linked_at, last_used_at, unsettled_since } = identity;
  const { acknowledged_at, linked_address, linked_user_agent, contested_key } = identity;
  const arrival = { linked_at, last_used_at, unsettled_since, linked_address, linked_user_agent };
  return db.insertInto('identities').values({
    provider,
    issuer,
    subject,
    user_id,
    ...profileOf(identity),
    ...arrival,
    acknowledged_at,
    contested_key,
  });
});

const updateIdentity = new PreparedQuery((db, identity: IdentitiesTable) => {
  const { issuer, subject, user_id, last_used_at, contested_key } = identity;
  return db
    .updateTable('identities')
    .set({ ...profileOf(identity), last_used_at, contested_key })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('user_id', '=', user_id);
});

const updateProfile = new PreparedQuery((db, user: Profile & { id: string }) => {
  const { display_name, email, email_key, email_trust, avatar_url } = user;
  const { updated_at, last_sign_in_at } = user;
  return db
    .updateTable('users')
    .set({ display_name, email, email_key, email_trust, avatar_url, updated_at, last_sign_in_at })
    .where('id', '=', user.id);
});

/** What is composed of a user's identities, and when. */
export type Profile = ProfileColumns & Pick<UsersTable, 'updated_at' | 'last_sign_in_at'>;

/** A user's identities, the first connected first, and which of their addresses, by key, another user has verified. */
export interface ProfileParts {
  identities: IdentitiesTable[];
  taken: ReadonlySet<string | null>;
}

/**
 * Queries on users and identities, except for locking (`database/lock-user.ts`), the session's (`active-session.query.ts`)
 * and the operator's search. Each takes the transaction it belongs to.
 */
@Injectable()
export class UsersRepository {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  findUser(id: string, db: Queryable = this.database): Promise<Selectable<UsersTable> | undefined> {
    return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  }

  /** A user's identities, the first connected first. */
  identitiesOf(userId: string, db: Queryable = this.database): Promise<IdentitiesTable[]> {
    return selectIdentities.rows(db, { userId });
  }

  findIdentity(db: Queryable, key: IdentityKey): Promise<IdentitiesTable | undefined> {
    return selectIdentity.first(db, key);
  }

  /**
   * The user who has an address verified, by its key, and their providers, the one used last first. Where several have
   * it, because they proved it at a provider that they connected, it is the one whose record shows it.
   */
  async findAddressOwner(db: Queryable, emailKey: string): Promise<AddressOwner | undefined> {
    const owner = await selectAddressOwner.first(db, this.ownedAddress(emailKey));
    if (owner === undefined) return undefined;
    const identities = await this.identitiesOf(owner.id, db);
    const lastFirst = identities
      .filter((identity) => isActive(this.config, identity))
      .toSorted((one, other) => other.last_used_at - one.last_used_at);
    return { userId: owner.id, providers: lastFirst.map(({ provider }) => provider) };
  }

  /** Takes an address from a user whose identities with it do not count any more, so that another can have it. */
  async releaseAddress(db: Queryable, emailKey: string): Promise<void> {
    await releaseAddress.changes(db, this.ownedAddress(emailKey));
  }

  /** The identities that have an address verified, with whether their user is disabled. */
  claimsOn(
    emailKey: string,
    db: Queryable = this.database,
  ): Promise<(IdentitiesTable & Pick<UsersTable, 'disabled_at'>)[]> {
    return db
      .selectFrom('identities')
      .innerJoin('users', 'users.id', 'identities.user_id')
      .selectAll('identities')
      .select('users.disabled_at')
      .where('identities.email_key', '=', emailKey)
      .where(isVerifiedIdentity)
      .where('identities.issuer', 'in', issuersOf(this.ownedAddress(emailKey)))
      .execute();
  }

  private ownedAddress(emailKey: string): OwnedAddress {
    return Object.assign(
      { emailKey },
      providerIds.map((id) => issuerOf(this.config, id) ?? NO_ISSUER),
    );
  }

  /** What a user's profile is composed of. */
  async partsOf(db: Queryable, userId: string): Promise<ProfileParts> {
    const rows = await selectParts.rows(db, { userId });
    const taken = rows.filter(({ is_taken }) => Boolean(is_taken));
    return { identities: rows, taken: new Set(taken.map(({ email_key }) => email_key)) };
  }

  async insertUser(db: Queryable, user: UsersTable): Promise<void> {
    await insertUser.changes(db, user);
  }

  async deleteUser(db: Queryable, id: string): Promise<void> {
    await db.deleteFrom('users').where('id', '=', id).execute();
  }

  async deleteIdentity(db: Queryable, { issuer, subject }: IdentityKey): Promise<void> {
    await db
      .deleteFrom('identities')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }

  async insertIdentity(db: Queryable, identity: IdentitiesTable): Promise<void> {
    await insertIdentity.changes(db, identity);
  }

  /** Writes a user's profile as it is now. */
  async updateProfile(db: Queryable, id: string, profile: Profile): Promise<void> {
    await updateProfile.changes(db, { ...profile, id });
  }

  async updateUser(db: Queryable, id: string, changes: Updateable<UsersTable>): Promise<void> {
    await db.updateTable('users').set(changes).where('id', '=', id).execute();
  }

  async acknowledge({ issuer, subject }: IdentityKey, now: number): Promise<void> {
    await this.database
      .updateTable('identities')
      .set({ acknowledged_at: now })
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute();
  }

  /** Returns whether the identity was still there, and still its user's. */
  async updateIdentity(db: Queryable, identity: IdentitiesTable): Promise<boolean> {
    return (await updateIdentity.changes(db, identity)) === 1;
  }
}
