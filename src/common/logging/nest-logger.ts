import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';
import { currentRequest } from './request-context.js';

/**
 * Writes what the framework and its `Logger` say to the one log, with the request that it was said in. The last argument
 * names who speaks, as in Nest.
 */
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

/**
 * What is written while the framework puts the service together: events and warnings. What it says about itself is of no
 * use to an operator, and a failure is thrown as well, to whoever starts the service.
 */
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

/** An object is an event: its fields are written as they are, `event` names it, and `msg` says it where the name does not. */
function isFields(message: unknown): message is Record<string, unknown> {
  return typeof message === 'object' && message !== null && !(message instanceof Error);
}

function textOf(message: unknown): string {
  if (message instanceof Error) return message.message;
  if (!isFields(message)) return String(message);
  const text = message['msg'] ?? message['event'];
  return typeof text === 'string' ? text : '';
}
