import { Injectable } from '@nestjs/common';
import { ActivityService } from '../activity/activity.service.js';
import type { Client } from '../common/http/client.js';
import type { ProviderId } from '../common/provider-id.js';
import { isVerified } from '../users/email-key.js';
import { SignInDisabled, SignInRefused } from '../users/sign-in-errors.js';

/** What the activity of an account says of sign-ins that were refused because of it. */
@Injectable()
export class SignInRefusals {
  constructor(private readonly activity: ActivityService) {}

  /** Records for whoever owns the address, or is disabled, that a sign-in was refused. */
  async record(error: unknown, how: { provider: ProviderId; client: Client }): Promise<void> {
    if (error instanceof SignInRefused) {
      const { addressOwner: userId, profile, source } = error;
      // Only such an account may take the place of one that is gone.
      const isVouchedFor = isVerified(profile.email?.trust ?? null);
      const { subject } = profile;
      const refused = { userId, event: 'sign_in_refused', ...how } as const;
      await this.activity.add({
        ...refused,
        ...(isVouchedFor && { issuer: source.issuer, subject }),
      });
    }
    if (error instanceof SignInDisabled) {
      const { userId } = error;
      await this.activity.add({ userId, event: 'disabled_sign_in_refused', ...how });
    }
  }
}
