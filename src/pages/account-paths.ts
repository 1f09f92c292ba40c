import type { PublicUrl } from '../config/config.js';

/** The path of the account page. Everything that a person does there lies below it. */
export function accountPath({ prefix }: Pick<PublicUrl, 'prefix'>): string {
  return `${prefix}/account`;
}

/** What the account page asks about before it does it, below the account's path: the question and the form share it. */
export const confirmationPaths = {
  disconnect: (provider: string) => `disconnect/${provider}`,
  revoke: (sessionId: string) => `sessions/${sessionId}/revoke`,
  revokeOthers: 'sessions/revoke-others',
  signOutEverywhere: 'sign-out-everywhere',
  deleteAccount: 'delete',
} as const;

/** Where somebody downloads all that is held about them. */
export function exportPath({ prefix }: Pick<PublicUrl, 'prefix'>): string {
  return `${prefix}/users/me/export`;
}

/** What of a path lies below the account's; null when the path is elsewhere. */
function below(path: string, account: string): string | null {
  return path.startsWith(`${account}/`) ? path.slice(account.length + 1) : null;
}

/** Whether a path is the account page's, or below it. */
export function isAccountPath(path: string, account: string): boolean {
  return path === account || below(path, account) !== null;
}

/** Whether what is sent to a path has a confirmation page there: somebody who comes back to it finds the question. */
export function hasConfirmation(path: string, account: string): boolean {
  const { disconnect, signOutEverywhere, deleteAccount } = confirmationPaths;
  const rest = below(path, account) ?? '';
  return (
    rest.startsWith(disconnect('')) ||
    rest.startsWith('sessions/') ||
    rest === signOutEverywhere ||
    rest === deleteAccount
  );
}

/** What a path is about that may be gone by now: a provider or another browser; null elsewhere. */
export function staleTarget(
  path: string,
  account: string,
): { about: 'session' } | { about: 'identity'; provider: string } | null {
  const rest = below(path, account) ?? '';
  if (/^sessions\/[^/]+\/revoke$/.test(rest)) return { about: 'session' };
  const provider = /^disconnect\/([^/]+)$/.exec(rest)?.[1];
  return provider === undefined ? null : { about: 'identity', provider };
}

/**
 * Whether what is sent to a path ends the session itself, and leaves nothing to come back to. Whoever sends it twice is signed out by the first, and
 * must not be asked again, once they have signed in, about the account that they then have.
 */
export function endsSession(path: string, account: string): boolean {
  const { signOutEverywhere, deleteAccount } = confirmationPaths;
  return [signOutEverywhere, deleteAccount].some((one) => path === `${account}/${one}`);
}
