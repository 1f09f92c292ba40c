import { type Logger, type LoggerOptions, pino } from 'pino';

/** Keys whose values never reach a log line. What we log ourselves has none of them; this is the net below. */
const SECRET_KEYS: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'code',
  'state',
  'nonce',
  'code_verifier',
  'access_token',
  'refresh_token',
  'id_token',
  'oauth_token',
  'oauth_token_secret',
  'oauth_verifier',
  'client_secret',
  'signed_request',
  'appsecret_proof',
]);

/** Fields of an error's own that must not be written: a driver's may hold statement parameters, a client's a whole request. */
interface LoggedError {
  type: string;
  message: string;
  errorCode?: string;
  stack?: string;
  cause?: LoggedError;
}

/**
 * The log: JSON lines on standard output; readable text in development.
 *
 * @param options.level the least severe level that is written, or `silent`
 * @param options.pretty whether to write for a terminal
 */
export function createLogger(options: { level: string; pretty: boolean }): Logger {
  return pino({
    ...basics(options.level),
    ...(options.pretty &&
      options.level !== 'silent' && {
        transport: {
          target: 'pino-pretty',
          options: { singleLine: true, ignore: 'pid,hostname,context' },
        },
      }),
  });
}

/**
 * The log of a command: JSON lines on standard error, written at once. Standard output is for its result.
 *
 * @param level the least severe level that is written, or `silent`
 */
export function createCommandLog(level: string): Logger {
  return pino(basics(level), pino.destination({ dest: 2, sync: true }));
}

function basics(level: string): LoggerOptions {
  return {
    level,
    serializers: { err: describeError },
    formatters: { log: (fields) => redact(fields, 2) },
  };
}

/**
 * Replaces the values of secret keys. pino's own redaction goes through every line by every path, which costs more than
 * writing the line.
 *
 * @param depth how many levels of objects are looked through
 */
function redact(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  let redacted = fields;
  for (const key in fields) {
    const value = fields[key];
    const shown = SECRET_KEYS.has(key)
      ? '[redacted]'
      : depth > 1
        ? redactWithin(value, depth)
        : value;
    if (shown !== value) {
      if (redacted === fields) redacted = { ...fields };
      redacted[key] = shown;
    }
  }
  return redacted;
}

/** An error is described by its serialiser, which leaves out what hangs on it. */
function redactWithin(value: unknown, depth: number): unknown {
  const isPlain = typeof value === 'object' && value !== null && !(value instanceof Error);
  return isPlain ? redact(value as Record<string, unknown>, depth - 1) : value;
}

/** Describes an error and what caused it by type, message, code and stack, and by nothing else that hangs on it. */
export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something other than an error was thrown' };
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && typeof error.code === 'string' && { errorCode: error.code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
