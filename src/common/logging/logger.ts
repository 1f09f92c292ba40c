import { type Logger, type LoggerOptions, pino } from 'pino';

/** Keys whose values are always redacted. Our own log calls use none of them; this is the safety net. */
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

/** Other fields are dropped: a driver's may hold statement parameters, an HTTP client's a whole request. */
interface LoggedError {
  type: string;
  message: string;
  errorCode?: string;
  stack?: string;
  cause?: LoggedError;
}

/**
 * The service's log: JSON lines on standard output; readable text in development.
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

/** A command's log: JSON lines on standard error, written synchronously. Standard output is for its result. */
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
 * Redacts secret keys. pino's own redaction evaluates every path for every line, which costs more than writing it.
 *
 * @param depth how many levels of nested objects are searched
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

/** Errors are left to their serialiser, which drops extra fields. */
function redactWithin(value: unknown, depth: number): unknown {
  const isPlain = typeof value === 'object' && value !== null && !(value instanceof Error);
  return isPlain ? redact(value as Record<string, unknown>, depth - 1) : value;
}

/** Describes an error and its causes by type, message, code and stack only. */
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
