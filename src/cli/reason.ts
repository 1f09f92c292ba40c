import { ConfigError } from '../config/config-error.js';

/** Why a command could not do its work, in words where the operator can do something about it. */
export function reasonOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken by another program. Stop it, or set PORT, SANDBOX_PORT or MANAGEMENT_PORT to a free one.`;
  }
  const cause = error.cause instanceof Error ? `\nCaused by: ${error.cause.message}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
