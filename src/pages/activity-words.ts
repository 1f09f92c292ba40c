import { providers } from '../providers/registry.js';
import type { ActivityEvent } from '../common/activity-event.js';
import type { ActivityEntry } from '../users/activity.schema.js';

/** What each event is called on the account page. The argument is the provider's name, or what stands in for it. */
const words: Record<ActivityEvent, (provider: string) => string> = {
  sign_in: (provider) => `Signed in with ${provider}`,
  sign_in_refused: (provider) =>
    `Somebody with your address tried to sign in with ${provider}, which is not connected`,
  disabled_sign_in_refused: (provider) =>
    `Signing in with ${provider} was refused while the account was disabled`,
  reauthenticated: (provider) => `Signed in again with ${provider}`,
  reauthentication_failed: (provider) => `Signing in again with ${provider} did not work`,
  sign_out: () => 'Signed out',
  identity_linked: (provider) => `Connected ${provider}`,
  link_refused: (provider) => `Connecting ${provider} did not work`,
  identity_unlinked: (provider) => `Disconnected ${provider}`,
  session_revoked: () => 'Signed out of a browser',
  other_sessions_revoked: () => 'Signed out of all other browsers',
  all_sessions_revoked: () => 'Signed out of all browsers',
  data_exported: () => 'Downloaded the account’s data',
  user_disabled: () => 'The account was disabled',
  user_enabled: () => 'The account was enabled again',
};

/** An entry of the record of activity in words. */
export function inWords({ event, provider }: ActivityEntry): string {
  return words[event](provider === null ? 'a provider' : providers[provider].label);
}
