/** The events of an account's activity log. The names are a contract: clients and log searches use them. */
export const activityEvents = [
  'sign_in',
  'sign_in_refused',
  'disabled_sign_in_refused',
  'reauthenticated',
  'reauthentication_failed',
  'sign_out',
  'identity_linked',
  'link_refused',
  'identity_unlinked',
  'identity_settled',
  'identity_moved',
  'address_claimed',
  'address_contested',
  'address_released',
  'session_revoked',
  'other_sessions_revoked',
  'all_sessions_revoked',
  'oldest_sessions_ended',
  'profile_changed',
  'data_exported',
  'user_disabled',
  'user_enabled',
] as const;

export type ActivityEvent = (typeof activityEvents)[number];

/**
 * How an identity came, where it was not the person's own request for it: confirmed after a refused sign-in, by a
 * sign-in beside the account that has its address, or by the operator in the place of one that is gone.
 */
export const activityWays = ['pending_link', 'separate', 'operator'] as const;

export type ActivityWay = (typeof activityWays)[number];
