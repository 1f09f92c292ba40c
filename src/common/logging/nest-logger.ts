import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { currentRequest } from './request-context.js';

/** Adapts Nest's `Logger` to pino, with the current request's ids. The last argument is the context, as in Nest. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(
    level: 'info' | 'warn' | 'error' | 'debug' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const context = rest.at(-1);
    const err = [message, ...rest].find((part) => part instanceof Error);
    const { msg: _text, ...fields } = isFields(message) ? message : {};
    this.logger[level](
      {
        ...requestFields(),
        ...(typeof context === 'string' && { context }),
        ...(err && { err }),
        ...fields,
      },
      textOf(message),
    );
  }
}

/** Logs only events and warnings during bootstrap: Nest's own messages are noise, and failures are thrown too. */
export class StartLogger extends NestLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (isFields(message)) super.log(message, ...rest);
  }

  override error(): void {}
}

function requestFields(): Record<string, string> {
  const request = currentRequest();
  if (request === undefined) return {};
  const { requestId, traceId } = request;
  return { requestId, ...(traceId !== null && { trace_id: traceId }) };
}

/** An object is an event: its fields are logged as they are, `event` names it, and `msg` is its optional text. */
function isFields(message: unknown): message is Record<string, unknown> {
  return typeof message === 'object' && message !== null && !(message instanceof Error);
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  if (!isFields(message)) return String(message);
  const text = message['msg'] ?? message['event'];
  return typeof text === 'string' ? text : '';
}
