import { CommanderError } from 'commander';
import { AppError } from '../common/errors.js';
import { ConfigError } from '../config/config-error.js';
import { SchemaError } from '../database/schema-error.js';
import { CommandFailure, USAGE } from './failure.js';

/** Why a command could not do its work, in words where the operator can do something about it; empty where it was said. */
export function reasonOf(error: unknown): string {
  if (error instanceof CommanderError) return '';
  if (error instanceof ConfigError || error instanceof SchemaError) return error.message;
  if (error instanceof CommandFailure) return error.message;
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken by another program. Stop it, or set PORT, SANDBOX_PORT or MANAGEMENT_PORT to a free one.`;
  }
  const cause = error.cause instanceof Error ? `\nCaused by: ${error.cause.message}` : '';
  if (error instanceof AppError) return error.message + cause;
  return `${error.stack ?? error.message}${cause}`;
}

/** The exit code of a command that could not do its work: 2 when it was used wrongly, 1 otherwise; 0 after `--help`. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  return 1;
}
