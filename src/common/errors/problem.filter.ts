import { type ArgumentsHost, Catch, type ExceptionFilter, Optional } from '@nestjs/common';
import type { Request, Response } from 'express';
import { logFailure } from '../logging/log-failure.js';
import { toProblem } from './problem.js';
import { sendJson } from '../http/api-adapter.js';
import { requestIdOf } from '../logging/request-context.js';
import { toAppError } from './to-app-error.js';
import { acceptsHtml } from '../http/accepts.js';
import type { AppError } from './app-error.js';

/** Answers failed navigations: with a page, or by sending the browser to the front end. */
export abstract class ErrorPages {
  abstract answer(error: AppError, request: Request, response: Response): void | Promise<void>;
}

/** Answers failures with problem+json (RFC 9457), or a navigation by `ErrorPages`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Optional() private readonly pages?: ErrorPages) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = toAppError(thrown);
    logFailure(request, error);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error.retryAfter !== null) response.setHeader('Retry-After', String(error.retryAfter));
    if (this.pages !== undefined && this.answersWithPage(request)) {
      try {
        await this.pages.answer(error, request, response);
        return;
      } catch (fault) {
        // Nothing is behind this one: what it throws would end the process.
        logFailure(request, toAppError(fault));
        if (response.headersSent) {
          response.destroy();
          return;
        }
      }
    }
    response.statusCode = error.status;
    sendJson(response, toProblem(error, requestIdOf(request)), 'application/problem+json');
  }

  protected answersWithPage(request: Request): boolean {
    return acceptsHtml(request);
  }
}
