import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { errorRedirect, isAnsweredInPlace } from '../auth/error-redirect.js';
import type { AppError } from '../common/errors/app-error.js';
import { ErrorPages } from '../common/errors/problem.filter.js';
import { pageHeaders } from '../common/http/page-headers.js';
import { requestIdOf } from '../common/logging/request-context.js';
import {
  type Config,
  CONFIG,
  ownPages,
  requestedErrorTo,
  requestedReturnTo,
} from '../config/config.js';
import { errorSentence, errorTitle } from './error-text.js';
import { messages } from './messages.js';
import { render } from './renderer.js';
import { pagePolicy } from './styles.js';

/**
 * Failures where the front end has the pages: it is told of what became of a form, and what is no outcome is said here,
 * by a page that asks neither the store nor a template of anybody's.
 */
@Injectable()
export class PlainErrorPages extends ErrorPages {
  constructor(@Inject(CONFIG) private readonly config: Config) {
    super();
  }

  answer(error: AppError, request: Request, response: Response): void {
    if (request.method === 'POST' && !isAnsweredInPlace(error)) {
      response.redirect(303, this.locationFor(error, request));
      return;
    }
    const { signInErrorUrl } = this.config;
    const hasFrontEnd = !ownPages(this.config.publicUrl).includes(signInErrorUrl);
    const page = render(
      'error',
      {
        title: errorTitle(error, request.method),
        sentence: errorSentence(error),
        requestId: error.status >= 500 ? requestIdOf(request) : null,
        retryUrl: null,
        toAccount: messages.error.goToAccount,
        accountUrl: null,
        toSignIn: messages.error.goToSignIn,
        signInUrl: hasFrontEnd ? signInErrorUrl : null,
        user: null,
      },
      [],
    );
    response.status(error.status).set(pageHeaders(pagePolicy)).type('html').send(page);
  }

  private locationFor(error: AppError, request: Request): string {
    const returnTo = requestedReturnTo(request, this.config);
    const errorTo = requestedErrorTo(request, this.config, null);
    const details = { provider: null, purpose: null, state: null, returnTo };
    return errorRedirect(this.config, request, error, errorTo, details);
  }
}
