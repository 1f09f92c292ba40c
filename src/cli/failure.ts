import { CommanderError } from 'commander';
import { AppError } from '../common/errors/app-error.js';
import { ConfigError } from '../config/config-error.js';
import { ServedElsewhere } from '../database/serving-lock.js';
import { SchemaError } from '../database/schema-state.js';
import { explainStoreFailure } from '../database/store-failure.js';

/** The exit code of a command that was used wrongly. */
export const USAGE = 2;

/** A command that could not do its work. The message is for the operator. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | typeof USAGE = 1,
  ) {
    super(message);
  }
}

/** Errors whose message is all that the operator needs. */
const SENTENCES = [ConfigError, CommandFailure, ServedElsewhere];

/** Why a command could not do its work, in words where the operator can do something about it; empty where it was said. */
export function reasonOf(error: unknown): string {
  if (error instanceof CommanderError) return '';
  if (SENTENCES.some((kind) => error instanceof kind)) return (error as Error).message;
  if (!(error instanceof Error)) return String(error);
  const listening = listenFailure(error);
  if (listening !== null) return listening;
  const cause = error.cause instanceof Error ? `\nCaused by: ${error.cause.message}` : '';
  if (error instanceof SchemaError) return error.message + cause;
  if (error instanceof AppError) {
    return error.code === 'store_unavailable' ? storeReason(error) + cause : error.message + cause;
  }
  return `${error.stack ?? error.message}${cause}`;
}

function storeReason({ cause }: AppError): string {
  const { seen, action } = explainStoreFailure(cause);
  return `The database ${seen}. ${action}`;
}

/** What Node says of a failed `listen`. */
interface SystemError extends Error {
  code?: unknown;
  port?: number;
  address?: string;
  hostname?: string;
}

/** Why nothing listens (https://nodejs.org/api/errors.html#common-system-errors), in words; null when it is not that. */
function listenFailure(error: Error): string | null {
  const { code, port, address, hostname } = error as SystemError;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken by another program. Stop it, or set PORT, SANDBOX_PORT or MANAGEMENT_PORT to a free one.`;
    case 'EACCES':
      return port === undefined
        ? null
        : `This user may not listen on port ${port}. Set PORT, SANDBOX_PORT or MANAGEMENT_PORT to one from 1024 on.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${address ?? hostname} is no address of this machine. Set HOST (or MANAGEMENT_HOST) to one, or leave it unset.`;
    default:
      return null;
  }
}

/** The exit code of a command that could not do its work: 2 when it was used wrongly, 1 otherwise; 0 after `--help`. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  return 1;
}
