import { Injectable } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import type { ActivityEvent } from '../common/activity-event.js';
import type { Client } from '../common/http/client.js';
import { AppError } from '../common/errors/app-error.js';
import type { IdentitySource } from '../config/issuers.js';
import type { Queryable } from '../database/database.js';
import { lockAddress, lockUser } from '../database/lock-user.js';
import type { IdentitiesTable } from '../database/schema.js';
import type { UnitOfWorkTransaction } from '../database/unit-of-work.js';
import type { SocialProfile } from '../providers/social-profile.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { canOverrule } from './account-linking.js';
import { AddressesRepository } from './addresses.repository.js';
import { emailKey, isVerified } from './email-key.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** What happens when the owner of a mailbox meets an account that has merely verified its address. */
@Injectable()
export class ContestsService {
  constructor(
    private readonly rows: UsersRepository,
    private readonly addresses: AddressesRepository,
    private readonly users: UsersService,
    private readonly activity: ActivityService,
  ) {}

  /** Whether the owner of a profile's address may have an account of their own beside the one that has it. */
  async canSeparate(profile: SocialProfile, db?: Queryable): Promise<boolean> {
    if (profile.email?.trust !== 'authoritative') return false;
    const claims = await this.addresses.verifiedIdentitiesWith(emailKey(profile.email.address), db);
    return canOverrule(profile.email.trust, claims);
  }

  /** Whether the address that a user has is a mere claim of theirs, since somebody else has it. */
  async isContested({ userId, user }: SignedInSession): Promise<boolean> {
    if (user.email === null || isVerified(user.email_trust)) return false;
    const key = emailKey(user.email);
    const isContested = (await this.addresses.contestedKeys(userId)).has(key);
    return isContested || this.addresses.isOverruled(userId, key);
  }

  /** Locks everybody who has claimed a profile's address, in one order, so that two of these do not wait for each other. */
  async lockClaimants(tx: UnitOfWorkTransaction, { email }: SocialProfile): Promise<void> {
    if (email === null) return;
    const claims = await this.addresses.verifiedIdentitiesWith(emailKey(email.address), tx);
    const owners = new Set(claims.map(({ user_id }) => user_id));
    for (const owner of [...owners].toSorted()) await lockUser(tx, owner);
  }

  /**
   * Makes a user of an identity whose provider hosts the mailbox, in a transaction that has locked those who have claimed
   * its address. The claims of others on its address are contested: it stays
   * a mere claim of theirs, by whatever provider.
   *
   * @returns the new user's id
   * @throws AppError `account_exists` when a claim is not to be overruled; `identity_in_use` when the identity has a user
   *   by now
   */
  async separate(
    tx: UnitOfWorkTransaction,
    source: IdentitySource,
    profile: SocialProfile,
    client: Client,
  ): Promise<string> {
    const { issuer } = source;
    const known = await this.rows.findIdentity(tx, { issuer, subject: profile.subject });
    if (known !== undefined) throw new AppError('identity_in_use');
    const { email } = profile;
    if (email === null) throw new AppError('account_exists');
    const key = emailKey(email.address);
    await lockAddress(tx, key);
    const claims = await this.addresses.verifiedIdentitiesWith(key, tx);
    if (!canOverrule(email.trust, claims)) throw new AppError('account_exists');
    const nobody = { address: null, userAgent: null };
    for (const claim of claims) {
      await this.contest(tx, claim, key, 'address_contested', nobody);
    }
    const userId = await this.users.create(tx, source, profile, client, 'separate');
    const { provider } = source;
    const { subject } = profile;
    await this.activity.record(tx, { userId, event: 'address_claimed', provider, subject, client });
    return userId;
  }

  /**
   * Makes an address of a user's a mere claim of theirs, as the operator decides.
   *
   * @throws AppError `not_found` when they have it not verified
   */
  async release(
    tx: UnitOfWorkTransaction,
    userId: string,
    address: string,
    by: Client,
  ): Promise<void> {
    await lockUser(tx, userId);
    const key = emailKey(address);
    const identities = await this.rows.identitiesOf(userId, tx);
    const claims = identities.filter(
      ({ email_key, email_trust }) => email_key === key && isVerified(email_trust),
    );
    if (claims.length === 0) {
      throw new AppError('not_found', { detail: 'This user has no such verified address.' });
    }
    for (const claim of claims) await this.contest(tx, claim, key, 'address_released', by);
  }

  private async contest(
    tx: UnitOfWorkTransaction,
    claim: IdentitiesTable,
    key: string,
    event: ActivityEvent,
    client: Client,
  ): Promise<void> {
    const { user_id: userId, provider, subject } = claim;
    const user = await lockUser(tx, userId);
    if (user === undefined) return;
    await this.addresses.contest(tx, userId, key);
    await this.users.recompose(tx, user);
    await this.activity.record(tx, { userId, event, provider, subject, client });
  }
}
