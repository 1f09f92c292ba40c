import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPages } from '../common/error-pages.js';
import type { AppError } from '../common/errors.js';
import { requestIdOf } from '../common/request-id.js';
import { CONFIG, type Config } from '../config/config.js';
import { render } from './renderer.js';
import { pagePolicy } from './styles.js';

/** What a status is called on a page. */
const titles: Readonly<Record<number, string>> = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Page not found',
  409: 'That is not possible',
  429: 'Too many requests',
  503: 'Temporarily unavailable',
};

/** What is asked at the same address as it is done: somebody who comes back there finds the question. */
const QUESTIONS = /\/account\/(?:disconnect\/|sessions\/|sign-out-everywhere$|delete$)/;

/** Failures as pages that say what to do next. */
@Injectable()
export class HtmlErrorPages extends ErrorPages {
  constructor(@Inject(CONFIG) private readonly config: Config) {
    super();
  }

  answer(error: AppError, request: Request, response: Response): void {
    const { prefix } = this.config.publicUrl;
    const accountUrl = `${prefix}/account`;
    const isAccount = request.path === accountUrl || request.path.startsWith(`${accountUrl}/`);
    const hasPage = request.method === 'GET' || QUESTIONS.test(request.path);
    const here = isAccount && hasPage ? request.path : accountUrl;
    if (error.code === 'unauthenticated' && isAccount) {
      response.redirect(
        request.method === 'GET' ? 302 : 303,
        `${prefix}/?returnTo=${encodeURIComponent(here)}`,
      );
      return;
    }
    response.status(error.status).setHeader('Content-Security-Policy', pagePolicy);
    response.type('html').send(
      error.reauthUrl === null
        ? render('error', {
            title: titles[error.status] ?? 'Something went wrong',
            sentence: error.message,
            requestId: error.status >= 500 ? requestIdOf(request) : null,
            homeUrl: `${prefix}/`,
          })
        : render('reauthenticate', {
            reauthUrl: `${error.reauthUrl}&returnTo=${encodeURIComponent(here)}`,
            accountUrl,
          }),
    );
  }
}
