import { Inject, Injectable } from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { ConfigError, type Problem } from '../config/config-error.js';
import { issuerOf, sourceOf } from '../config/issuers.js';
import { enabledProviders } from '../config/providers.js';
import { Database } from '../database/database.js';
import type { IdentitiesTable } from '../database/schema.js';

/** Issuers whose identities are never expected to be configured: the sandbox's, and those that were retired. */
const NEVER_CONFIGURED = /^(?:sandbox|retired):/;

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
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
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
