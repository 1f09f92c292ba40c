import type { PublicUrl } from '../config/config.js';

/** The path of the account page. Everything that a person does there lies below it. */
export function accountPath({ prefix }: Pick<PublicUrl, 'prefix'>): string {
  return `${prefix}/account`;
}

/** The paths of confirmations, below the account's: GET asks, POST does it. */
export const confirmationPaths = {
  disconnect: (provider: string) => `disconnect/${provider}`,
  /** Only a question, after a step-up: its form begins at the provider. */
  connect: (provider: string) => `connect/${provider}`,
  /** Only a question, after a step-up: its form is the download. */
  exportData: 'export',
  /** Only a form, on every page. */
  acknowledge: (provider: string) => `identities/${provider}/acknowledge`,
  /** Only a form: on the question whether to connect, and on the sign-in page. */
  separate: 'separate',
  revoke: (sessionId: string) => `sessions/${sessionId}/revoke`,
  revokeOthers: 'sessions/revoke-others',
  signOutEverywhere: 'sign-out-everywhere',
  deleteAccount: 'delete',
} as const;

export function exportPath({ prefix }: Pick<PublicUrl, 'prefix'>): string {
  return `${prefix}/users/me/export`;
}

export function logoutPath({ prefix }: Pick<PublicUrl, 'prefix'>): string {
  return `${prefix}/auth/logout`;
}

/** The part of a path below the account's; null when the path is elsewhere. */
export function below(path: string, account: string): string | null {
  return path.startsWith(`${account}/`) ? path.slice(account.length + 1) : null;
}

export function isAccountPath(path: string, account: string): boolean {
  return path === account || below(path, account) !== null;
}

/** Whether a POST's path also answers GET, with its confirmation, so that a new sign-in (step-up) can return to it. */
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

/** Whether a path asks for what a plain sign-in does not do for. */
export function needsStepUp(path: string, account: string): boolean {
  const rest = below(path, account) ?? '';
  const { disconnect, exportData, deleteAccount } = confirmationPaths;
  return rest.startsWith(disconnect('')) || rest === exportData || rest === deleteAccount;
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
 * Whether a POST ends the session itself. Sent twice, the first one signs out; the second must not lead, after a new
 * sign-in, to a confirmation for whichever account that is.
 */
export function endsSession(path: string, account: string): boolean {
  const { signOutEverywhere, deleteAccount } = confirmationPaths;
  return [signOutEverywhere, deleteAccount].some((one) => path === `${account}/${one}`);
}
