import type * as z from 'zod';
import { AppError } from '../../common/errors/app-error.js';
import type { ProviderId } from '../../common/provider-id.js';
import { facebookProfileSchema, toFacebookProfile } from './facebook.profile.js';
import { googleProfileSchema, toGoogleProfile } from './google.profile.js';
import type { SocialProfile } from './social-profile.js';
import { toTwitterProfile, twitterProfileSchema } from './twitter.profile.js';

type Normaliser = (raw: unknown) => SocialProfile | null;

/** Every provider's profile shape: a schema, then a pure mapping. */
const normalisers: Record<ProviderId, Normaliser> = {
  google: normaliser(googleProfileSchema, toGoogleProfile),
  twitter: normaliser(twitterProfileSchema, toTwitterProfile),
  facebook: normaliser(facebookProfileSchema, toFacebookProfile),
};

function normaliser<Raw>(schema: z.ZodType<Raw>, map: (raw: Raw) => SocialProfile): Normaliser {
  return (raw) => {
    const parsed = schema.safeParse(raw);
    return parsed.success ? map(parsed.data) : null;
  };
}

/**
 * Turns what a provider sent into the one profile shape.
 *
 * @throws AppError `provider_error` when it is not that provider's shape, such as an id that is not a string
 */
export function normaliseProfile(provider: ProviderId, raw: unknown): SocialProfile {
  const profile = normalisers[provider](raw);
  if (profile === null) {
    throw new AppError('provider_error', {
      log: { provider, step: 'profile', reason: 'malformed' },
    });
  }
  return profile;
}
