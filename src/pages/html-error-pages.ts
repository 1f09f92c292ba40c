import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPages } from '../common/error-pages.js';
import type { AppError } from '../common/errors.js';
import { requestIdOf } from '../common/request-id.js';
import { parseReturnTo } from '../common/return-to.js';
import { CONFIG, type Config } from '../config/config.js';
import { returnToPolicy } from '../config/return-to-policy.js';
import { accountPath, asks, isAccountPath, leaves } from './account-paths.js';
import { render, type Views } from './renderer.js';
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

/** Failures as pages that say what to do next. */
@Injectable()
export class HtmlErrorPages extends ErrorPages {
  constructor(@Inject(CONFIG) private readonly config: Config) {
    super();
  }

  answer(error: AppError, request: Request, response: Response): void {
    const { prefix } = this.config.publicUrl;
    const accountUrl = accountPath(this.config.publicUrl);
    const isAccount = isAccountPath(request.path, accountUrl);
    const hasPage = request.method === 'GET' || asks(request.path, accountUrl);
    // What is sent by a front end's form says itself where the person was.
    const asked = isAccount
      ? null
      : parseReturnTo(request.query['returnTo'], returnToPolicy(this.config));
    const here = isAccount && hasPage ? request.path : (asked ?? accountUrl);
    if (error.code === 'unauthenticated' && isAccount) {
      const hasLeft = request.method === 'POST' && leaves(request.path, accountUrl);
      response.redirect(
        request.method === 'GET' ? 302 : 303,
        hasLeft ? `${prefix}/` : `${prefix}/?returnTo=${encodeURIComponent(here)}`,
      );
      return;
    }
    response.status(error.status).setHeader('Content-Security-Policy', pagePolicy);
    response.type('html').send(
      error.reauthUrl === null
        ? render('error', {
            title: titleOf(error, request),
            sentence: error.message,
            requestId: error.status >= 500 ? requestIdOf(request) : null,
            ...waysOn(request, accountUrl, `${prefix}/`),
          })
        : render('reauthenticate', {
            reauthUrl: `${error.reauthUrl}&returnTo=${encodeURIComponent(here)}`,
            accountUrl,
            comesBack: isAccount && here !== accountUrl,
          }),
    );
  }
}

function titleOf({ status }: AppError, { method }: Request): string {
  // Whoever sent a form was not looking for a page.
  if (status === 404 && method !== 'GET') return 'It is not there';
  return titles[status] ?? 'Something went wrong';
}

/** Where the reader can go on. Not every route has a session, nor has every failure left one. */
function waysOn(
  request: Partial<Pick<Request, 'session'>>,
  accountUrl: string,
  signInUrl: string,
): Pick<Views['error'], 'accountUrl' | 'signInUrl'> {
  const { session } = request;
  const isSignedIn = session?.signedIn !== undefined;
  return {
    accountUrl: isSignedIn || session === undefined ? accountUrl : null,
    signInUrl: isSignedIn ? null : signInUrl,
  };
}
