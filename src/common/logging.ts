import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { type Logger, type LoggerOptions, pino } from 'pino';
import { pinoHttp } from 'pino-http';
import './outcome.js';
import { assignRequestId } from './request-id.js';

/** Keys whose values never reach a log line, wherever they stand. What we log ourselves has none of them; this is the net below. */
const secretKeys = [
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
];

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
    redact: { paths: secretKeys.flatMap((key) => paths(key)), censor: '[redacted]' },
  };
}

/**
 * Gives every request an id and a log of its own (`request.log`), and writes one line when it is answered.
 *
 * @param options.trustProxy whether a request id from outside is taken over
 * @param options.without the paths that get no line: health is asked for every few seconds
 */
export function requestLogging(
  logger: Logger,
  { trustProxy, without }: { trustProxy: boolean; without: ReadonlySet<string> },
): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: assignRequestId(trustProxy),
    wrapSerializers: false,
    quietReqLogger: true,
    quietResLogger: true,
    autoLogging: { ignore: (request) => without.has(pathOf(request)) },
    customProps: (request, response) => ({
      method: request.method,
      path: pathOf(request),
      status: response.statusCode,
      ...request.outcome,
    }),
    customLogLevel: levelOf,
    customSuccessMessage: () => 'request answered',
    customErrorMessage: () => 'request failed',
    customAttributeKeys: { responseTime: 'durationMs', reqId: 'requestId' },
    serializers: { req: () => undefined, res: () => undefined, err: describeError },
  });
}

function paths(key: string): string[] {
  const quoted = `["${key}"]`;
  return [quoted, `*${quoted}`];
}

/** The path alone: a query carries codes, states and tokens, and so may a fragment that some client leaves in. */
function pathOf(request: IncomingMessage): string {
  const url = 'originalUrl' in request ? String(request.originalUrl) : (request.url ?? '');
  return url.split(/[?#]/, 1)[0]?.slice(0, 200) ?? '';
}

function levelOf(
  _request: IncomingMessage,
  response: ServerResponse,
  error?: Error,
): 'error' | 'info' {
  return response.statusCode >= 500 || error ? 'error' : 'info';
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
