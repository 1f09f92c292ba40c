import * as z from 'zod';

/** The supported providers. Adding one starts here; the compiler then reports what is missing. */
export const providerIds = ['google', 'twitter', 'facebook'] as const;

export const providerIdSchema = z.enum(providerIds).meta({ id: 'ProviderId' });

export type ProviderId = (typeof providerIds)[number];

export function isProviderId(value: unknown): value is ProviderId {
  return providerIds.some((id) => id === value);
}
