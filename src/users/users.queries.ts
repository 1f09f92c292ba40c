import { sql } from 'kysely';
import { providerIds } from '../common/provider-id.js';
import { PreparedQuery } from '../database/prepared-query.js';
import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import type { ProfileColumns } from './user-profile.js';

/** Not bound: SQLite uses a partial index only where the statement implies its condition (https://sqlite.org/partialindex.html). */
const isVerifiedUser = sql<boolean>`users.email_trust in ('authoritative', 'verified')`;
export const isVerifiedIdentity = sql<boolean>`identities.email_trust in ('authoritative', 'verified')`;

export const NO_ISSUER = '';

export type IdentityKey = Pick<IdentitiesTable, 'issuer' | 'subject'>;

/** An address by its key, and by number the issuers whose identities can own one. */
export type OwnedAddress = { readonly emailKey: string } & Readonly<Record<number, string>>;

/** One parameter per provider, so that it is one statement. */
export function issuersOf(address: OwnedAddress): string[] {
  return providerIds.map((_id, index) => address[index] as string);
}

export const selectIdentities = new PreparedQuery((db, { userId }: { userId: string }) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('linked_at')
    .orderBy('provider'),
);

export const selectIdentity = new PreparedQuery((db, { issuer, subject }: IdentityKey) =>
  db
    .selectFrom('identities')
    .selectAll()
    .where('issuer', '=', issuer)
    .where('subject', '=', subject),
);

export const selectAddressOwner = new PreparedQuery((db, address: OwnedAddress) =>
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
export const releaseAddress = new PreparedQuery((db, address: OwnedAddress) =>
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

export const selectParts = new PreparedQuery((db, { userId }: { userId: string }) =>
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

/** A user who has said nothing of themselves yet. */
export type NewUser = Omit<UsersTable, 'chosen_name' | 'locale'>;

export const insertUser = new PreparedQuery((db, user: NewUser) => {
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

export const insertIdentity = new PreparedQuery((db, identity: IdentitiesTable) => {
  const { provider, issuer, subject, user_id, linked_at, last_used_at, unsettled_since } = identity;
  const { acknowledged_at, linked_address, linked_user_agent, linked_via } = identity;
  const arrival = { linked_at, linked_address, linked_user_agent, linked_via };
  return db.insertInto('identities').values({
    provider,
    issuer,
    subject,
    user_id,
    ...profileOf(identity),
    ...arrival,
    last_used_at,
    unsettled_since,
    acknowledged_at,
  });
});

export const updateIdentity = new PreparedQuery((db, identity: IdentitiesTable) => {
  const { issuer, subject, user_id, last_used_at } = identity;
  return db
    .updateTable('identities')
    .set({ ...profileOf(identity), last_used_at })
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .where('user_id', '=', user_id);
});

export const updateProfile = new PreparedQuery((db, user: Profile & { id: string }) => {
  const { display_name, email, email_key, email_trust, avatar_url } = user;
  const { updated_at, last_sign_in_at } = user;
  return db
    .updateTable('users')
    .set({ display_name, email, email_key, email_trust, avatar_url, updated_at, last_sign_in_at })
    .where('id', '=', user.id);
});

/** What is composed of a user's identities, and when. */
export type Profile = ProfileColumns & Pick<UsersTable, 'updated_at' | 'last_sign_in_at'>;
