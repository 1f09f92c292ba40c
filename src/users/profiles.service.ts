import { Injectable } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import { AppError } from '../common/errors/app-error.js';
import type { Client } from '../common/http/client.js';
import { lockUser } from '../database/lock-user.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import type { SignedInSession } from '../sessions/signed-in-session.js';
import { AccountLimits } from './account-limits.js';
import type { ProfileChanges } from './profile-changes.schema.js';
import { toUser, type User } from './user.schema.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** What people say of themselves. */
@Injectable()
export class ProfilesService {
  constructor(
    private readonly users: UsersService,
    private readonly rows: UsersRepository,
    private readonly sessions: SessionsRepository,
    private readonly limits: AccountLimits,
    private readonly activity: ActivityService,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Sets the user's name or language; what is not among the changes stays, and null gives back what the providers send.
   *
   * @returns the user as they are now
   * @throws AppError `unauthenticated` when the session has ended meanwhile; `rate_limited`
   */
  async change(session: SignedInSession, changes: ProfileChanges, client: Client): Promise<User> {
    const { userId, provider } = session;
    await this.limits.change(userId);
    return this.unitOfWork.run(async (tx) => {
      const user = await lockUser(tx, userId);
      if (user === undefined) throw new AppError('unauthenticated');
      await this.sessions.assertActive(tx, session, 'unauthenticated');
      const { displayName: chosen_name = user.chosen_name, locale = user.locale } = changes;
      if (chosen_name !== user.chosen_name || locale !== user.locale) {
        const chosen = { chosen_name, locale, updated_at: Date.now() };
        await this.rows.updateUser(tx, userId, chosen);
        await this.users.recompose(tx, { ...user, ...chosen });
        const event = 'profile_changed';
        await this.activity.record(tx, { userId, event, provider, client });
      }
      const [changed, identities] = [
        await this.rows.findUser(userId, tx),
        await this.rows.identitiesOf(userId, tx),
      ];
      return toUser(changed ?? user, identities);
    });
  }
}
