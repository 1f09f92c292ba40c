/** The providers a person can sign in with. A new provider starts with its id here; the compiler then names what is missing. */
export const providerIds = ['google', 'twitter', 'facebook'] as const;

export type ProviderId = (typeof providerIds)[number];

/** Narrows a path segment or a stored value to a provider's id. */
export function isProviderId(value: unknown): value is ProviderId {
  return providerIds.some((id) => id === value);
}
