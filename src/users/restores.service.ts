import { Inject, Injectable, Logger } from '@nestjs/common';
import type { ProviderId } from '../common/provider-id.js';
import { Database } from '../database/database.js';
import { UnitOfWork } from '../database/unit-of-work.js';

/** What the operator's log says of an account, in the order of time. Times are milliseconds since 1970. */
export type LoggedEvent =
  | { event: 'user_disabled' | 'user_enabled' | 'user_deleted'; userId: string; at: number }
  | { event: 'identity_unlinked'; userId: string; provider: ProviderId; at: number };

/** What a backup has brought back that had been decided otherwise since. */
export interface BroughtBack {
  /** Users who may sign in again, though they were disabled. */
  disabled: string[];
  /** Users who are there again, though they were deleted. */
  deleted: string[];
  /** Identities that are connected again. */
  disconnected: { userId: string; provider: ProviderId }[];
}

/** What has to be done once a backup is the database. */
@Injectable()
export class RestoresService {
  private readonly logger = new Logger(RestoresService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Ends what a backup brings back and nobody may hold any more: sessions, with what they have proven, pending links and
   * hand-overs.
   *
   * @returns how many sessions there were
   */
  async endAll(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const { numDeletedRows } = await tx.deleteFrom('sessions').executeTakeFirst();
      await tx.deleteFrom('pending_links').execute();
      await tx.deleteFrom('handovers').execute();
      const sessions = Number(numDeletedRows);
      tx.afterCommit(() => this.logger.log({ event: 'restored', by: 'operator', sessions }));
      return sessions;
    });
  }

  /** What of the log is not so in the database. */
  async broughtBack(events: Iterable<LoggedEvent>): Promise<BroughtBack> {
    const found: BroughtBack = { disabled: [], deleted: [], disconnected: [] };
    for (const last of lastOfEach(events)) {
      const { userId } = last;
      if (last.event === 'identity_unlinked') {
        const { provider } = last;
        if (await this.isConnected(userId, provider, last.at)) {
          found.disconnected.push({ userId, provider });
        }
        continue;
      }
      if (last.event === 'user_enabled') continue;
      const user = await this.database
        .selectFrom('users')
        .select('disabled_at')
        .where('id', '=', userId)
        .executeTakeFirst();
      if (user === undefined) continue;
      if (last.event === 'user_deleted') found.deleted.push(userId);
      else if (user.disabled_at === null) found.disabled.push(userId);
    }
    return found;
  }

  /** Whether an identity that was connected before a time is connected now. */
  private async isConnected(userId: string, provider: ProviderId, at: number): Promise<boolean> {
    const identity = await this.database
      .selectFrom('identities')
      .select('subject')
      .where('user_id', '=', userId)
      .where('provider', '=', provider)
      .where('linked_at', '<', at)
      .executeTakeFirst();
    return identity !== undefined;
  }
}

/** The last event about each account, and about each identity of it. */
function lastOfEach(events: Iterable<LoggedEvent>): Iterable<LoggedEvent> {
  const last = new Map<string, LoggedEvent>();
  for (const event of events) {
    const about = event.event === 'identity_unlinked' ? event.provider : '';
    const key = `${event.userId} ${about}`;
    if ((last.get(key)?.at ?? 0) <= event.at) last.set(key, event);
  }
  return last.values();
}
