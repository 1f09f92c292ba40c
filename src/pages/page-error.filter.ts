import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPages } from '../common/error-pages.js';
import { logFailure } from '../common/log-failure.js';
import { toAppError } from '../common/to-app-error.js';

/** Answers failures on the account page's routes: always with a page, whatever the client says that it accepts. */
@Injectable()
@Catch()
export class PageErrorFilter implements ExceptionFilter {
  constructor(private readonly pages: ErrorPages) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const error = toAppError(thrown);
    logFailure(request, error);
    this.pages.answer(error, request, host.switchToHttp().getResponse<Response>());
  }
}
