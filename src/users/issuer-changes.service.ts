import { Inject, Injectable, Logger } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { issuerOf } from '../config/issuers.js';
import type { Queryable } from '../database/database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ProofsRepository } from '../sessions/proofs.repository.js';
import { UsersRepository } from './users.repository.js';

const RETIRED = 'retired:';

/** Changes who vouches for the identities in the database: for the operator. */
@Injectable()
export class IssuerChangesService {
  private readonly logger = new Logger(IssuerChangesService.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly proofs: ProofsRepository,
    private readonly rows: UsersRepository,
  ) {}

  /**
   * Gives the identities of one issuer to another: the same provider under a new address.
   *
   * @returns how many there were
   * @throws AppError `not_found` when there is none; `identity_in_use` when one of them is there already
   */
  private async rekey(provider: ProviderId, from: string, to: string): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      if ([from, to].some((issuer) => issuer.startsWith('sandbox:'))) throw ofTheSandbox();
      if (await this.isTaken(tx, from, to)) throw taken(to);
      const { numUpdatedRows } = await tx
        .updateTable('identities')
        .set({ issuer: to })
        .where('issuer', '=', from)
        .where('provider', '=', provider)
        .executeTakeFirst();
      // After the identities: whoever signs in with one meanwhile has locked it, and is waited for.
      if (to.startsWith(RETIRED)) {
        await this.proofs.endSessionsOfIssuer(tx, to);
        await this.makeEqual(tx, to);
      }
      await tx
        .updateTable('users')
        .set({ primary_issuer: to })
        .where('primary_issuer', '=', from)
        .execute();
      await tx.updateTable('sessions').set({ issuer: to }).where('issuer', '=', from).execute();
      await tx.deleteFrom('pending_links').where('issuer', '=', from).execute();
      const identities = Number(numUpdatedRows);
      if (identities === 0) {
        throw new AppError('not_found', { detail: `${provider} has no identities of ${from}.` });
      }
      const counts = { provider, from, to, identities };
      tx.afterCommit(() =>
        this.logger.log({ event: 'identities_rekeyed', ...counts, by: 'operator' }),
      );
      return identities;
    });
  }

  /**
   * The same for the issuer that is configured now.
   *
   * @throws AppError `not_found` when the provider is off
   */
  rekeyToConfigured(provider: ProviderId, from: string): Promise<number> {
    const to = issuerOf(this.config, provider);
    if (to === null) throw new AppError('not_found', { detail: `${provider} is not configured.` });
    return this.rekey(provider, from, to);
  }

  /**
   * Sets the identities of an issuer aside: they count for nothing, the sessions that they have proven end, and the start
   * does not expect them any more.
   */
  retire(provider: ProviderId, issuer: string): Promise<number> {
    return this.rekey(provider, issuer, RETIRED + issuer);
  }

  /** Where the elder is retired, who came next is not the elder of the others: it has not settled itself. */
  private async makeEqual(db: Queryable, retired: string): Promise<void> {
    const settleMs = this.config.sessions.identitySettleSeconds * 1000;
    const elders = providerIds.flatMap((id) => issuerOf(this.config, id) ?? []);
    if (elders.length === 0) return;
    await this.rows.unsettleWithout(db, { elders, retired, settleMs, now: Date.now() });
  }

  /** Whether an identity, or one of its user, is of the other issuer already. */
  private async isTaken(db: Queryable, from: string, to: string): Promise<boolean> {
    const found = await db
      .selectFrom('identities')
      .select('subject')
      .where('issuer', '=', from)
      .where((row) => {
        const others = row
          .selectFrom('identities as others')
          .select('others.subject')
          .where('others.issuer', '=', to);
        return row.or([
          row.exists(others.whereRef('others.subject', '=', 'identities.subject')),
          row.exists(others.whereRef('others.user_id', '=', 'identities.user_id')),
        ]);
      })
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }
}

function ofTheSandbox(): AppError {
  return new AppError('bad_request', {
    detail: 'The sandbox signs anybody in as anybody: its people are nobody elsewhere.',
  });
}

function taken(issuer: string): AppError {
  return new AppError('identity_in_use', {
    detail: `People have signed in by ${issuer} already: this would make duplicates of them. Retire the old ones instead.`,
  });
}
