import { Inject, Injectable, Logger } from '@nestjs/common';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { ConfigError, type Problem } from '../config/config-error.js';
import { issuerOf, sourceOf } from '../config/issuers.js';
import { enabledProviders } from '../config/providers.js';
import { Database, type Queryable } from '../database/database.js';
import type { IdentitiesTable } from '../database/schema.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ProofsRepository } from '../sessions/proofs.repository.js';

/** Issuers whose identities are never expected to be configured: the sandbox's, and those that were retired. */
const NEVER_CONFIGURED = /^(?:sandbox|retired):/;

const RETIRED = 'retired:';

/** The identities of one issuer. */
export interface IssuerCount {
  provider: ProviderId;
  issuer: string;
  identities: number;
  /** Whether it is configured now. */
  active: boolean;
}

/** Who vouches for the identities in the database. */
@Injectable()
export class IssuersService {
  private readonly logger = new Logger(IssuersService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly proofs: ProofsRepository,
  ) {}

  /**
   * Refuses a start that would lock everybody out of a provider: its identities are all of another issuer.
   *
   * @throws ConfigError with the counts, and the commands for either case
   */
  async check(): Promise<void> {
    const stored = await this.storedIssuers();
    const problems = enabledProviders(this.config.providers).flatMap((id): Promise<Problem>[] => {
      const { issuer } = sourceOf(this.config, id);
      const others = stored.filter(
        (each) => each.provider === id && !NEVER_CONFIGURED.test(each.issuer),
      );
      const isKnown = others.some((each) => each.issuer === issuer);
      if (NEVER_CONFIGURED.test(issuer) || isKnown || others.length === 0) return [];
      return [this.problemOf(id, issuer, others)];
    });
    if (problems.length > 0) throw new ConfigError(await Promise.all(problems), {});
  }

  /** How many identities each issuer has. */
  async list(): Promise<IssuerCount[]> {
    const stored = await this.storedIssuers();
    return Promise.all(
      stored.map(async ({ provider, issuer }) => ({
        provider,
        issuer,
        identities: await this.count(issuer),
        active: issuerOf(this.config, provider) === issuer,
      })),
    );
  }

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
      if (to.startsWith(RETIRED)) await this.proofs.endSessionsOfIssuer(tx, to);
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

  /** Each issuer once, by the index, however many identities there are. */
  private async storedIssuers(): Promise<Pick<IdentitiesTable, 'provider' | 'issuer'>[]> {
    const found: Pick<IdentitiesTable, 'provider' | 'issuer'>[] = [];
    for (let last = ''; ;) {
      const next = await this.database
        .selectFrom('identities')
        .select(['provider', 'issuer'])
        .where('issuer', '>', last)
        .orderBy('issuer')
        .limit(1)
        .executeTakeFirst();
      if (next === undefined) return found;
      found.push(next);
      last = next.issuer;
    }
  }

  private async count(issuer: string): Promise<number> {
    const { count } = await this.database
      .selectFrom('identities')
      .select(({ fn }) => fn.countAll<number | string>().as('count'))
      .where('issuer', '=', issuer)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  private async problemOf(
    id: ProviderId,
    issuer: string,
    others: readonly { issuer: string }[],
  ): Promise<Problem> {
    const counts = await Promise.all(
      others.map(async (each) => `${await this.count(each.issuer)} of ${each.issuer}`),
    );
    const first = `'${others[0]?.issuer ?? ''}'`;
    return {
      variable: id.toUpperCase(),
      needs: `vouches as ${issuer}, but the database has ${counts.join(', ')}, and none of it: nobody could sign in with them. If it is the same provider, run: latchkey identities rekey ${id} ${first}. If it is not, run: latchkey identities retire ${id} ${first}`,
    };
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
