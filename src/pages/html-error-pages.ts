import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AppError } from '../common/errors/app-error.js';
import { ErrorPages } from '../common/errors/problem.filter.js';
import { requestIdOf } from '../common/logging/request-context.js';
import { isProviderId } from '../common/provider-id.js';
import { type Config, CONFIG } from '../config/config.js';
import { providers } from '../providers/registry.js';
import { SessionReader } from '../sessions/session-reader.js';
import { currentUser } from '../users/current-user.js';
import {
  accountPath,
  below,
  endsSession,
  hasConfirmation,
  isAccountPath,
  staleTarget,
} from './account-paths.js';
import { blankError, errorText } from './error-text.js';
import { Look } from './look.js';
import { PageRenderer } from './page-renderer.js';
import type { Views } from './page-views.js';
import { stepUpView } from './step-up-page.js';
import { wordsFor } from './text/words.js';

/** Failures as pages that say what to do next, where the pages are on. */
@Injectable()
export class HtmlErrorPages extends ErrorPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionReader,
    private readonly pages: PageRenderer,
    private readonly look: Look,
  ) {
    super();
  }

  async answer(error: AppError, request: Request, response: Response): Promise<void> {
    const { prefix } = this.config.publicUrl;
    const accountUrl = accountPath(this.config.publicUrl);
    if (error.code === 'not_found') await this.readSession(request, response);
    const isAccount = isAccountPath(request.path, accountUrl);
    const hasPage = request.method === 'GET' || hasConfirmation(request.path, accountUrl);
    const page = hasPage ? request.path : accountUrl;
    if (error.code === 'unauthenticated' && isAccount) {
      const hasLeft = request.method === 'POST' && endsSession(request.path, accountUrl);
      const here = encodeURIComponent(page);
      response.redirect(
        request.method === 'GET' ? 302 : 303,
        hasLeft ? `${prefix}/` : `${prefix}/?returnTo=${here}`,
      );
      return;
    }
    response.status(error.status);
    if (error.code === 'reauth_required' || error.code === 'identity_too_new') {
      const view = stepUpView(error, request, this.config, this.look.brand);
      response.type('html').send(await this.pages.errorPage(request, 'reauthenticate', view));
      return;
    }
    const isStart = isProviderId(below(request.path, `${prefix}/auth`));
    const isPage = isAccount || isStart || request.path === `${prefix}/`;
    const retries = [429, 503].includes(error.status) && request.method === 'GET' && isPage;
    response.type('html').send(
      await this.pages.errorPage(request, 'error', {
        ...blankError,
        ...textOf(error, request, accountUrl),
        requestId: error.status >= 500 ? requestIdOf(request) : null,
        reauthUrl: comingBack(error, page),
        ...(retries
          ? { retryUrl: addressOf(request) }
          : this.linksFor(error, request, accountUrl, `${prefix}/`)),
      }),
    );
  }

  /**
   * The links that fit the reader. Where nothing has read the session, whether there is a cookie of one decides; both, where
   * not even cookies were read.
   */
  private linksFor(
    { code }: AppError,
    request: Request,
    accountUrl: string,
    signInUrl: string,
  ): Pick<Views['error'], 'accountUrl' | 'signInUrl'> {
    const { ownCookies, signedIn = ownCookies && this.sessions.cookieOf(request) } = request;
    return {
      accountUrl: signedIn === null ? null : accountUrl,
      signInUrl: signedIn && code !== 'session_changed' ? null : signInUrl,
    };
  }

  /** No guard has read the session where no route has answered. A failure is ignored: this is the error page already. */
  private async readSession(request: Request, response: Response): Promise<void> {
    if (request.signedIn !== undefined || request.bearer !== undefined) return;
    const signedIn = await this.sessions.read(request, response).catch(() => undefined);
    if (signedIn !== undefined) request.signedIn = signedIn;
  }
}

type Text = Pick<Views['error'], 'title' | 'sentence' | 'toAccount' | 'toSignIn'> &
  Partial<Views['error']>;

function textOf(error: AppError, request: Request, accountUrl: string): Text {
  const words = wordsFor(request);
  const { goToAccount: toAccount, goToSignIn: toSignIn } = words;
  if (error.code === 'session_changed') return sessionChangedText(request);
  const stale = error.status === 404 ? staleTarget(request.path, accountUrl) : null;
  if (stale === null) {
    return {
      ...errorText(words, error, request.method),
      toAccount,
      toSignIn,
      // A page that is not there says whose account it leads to.
      user: error.status === 404 && request.signedIn ? currentUser(request) : null,
    };
  }
  return {
    title: words.errorPages.nothingToDo,
    sentence:
      stale.about === 'session'
        ? words.errorPages.sessionGone
        : words.errorPages.identityGone(
            isProviderId(stale.provider) ? providers[stale.provider].label : null,
          ),
    toAccount: words.backToAccount,
    toSignIn,
  };
}

/** Another user has signed in since the page was made; or else the session has ended while its request was under way. */
function sessionChangedText(request: Request): Text {
  const words = wordsFor(request);
  const { errorPages } = words;
  const { signedIn } = request;
  const isAnother = Boolean(signedIn) && request.query['user'] !== signedIn?.userId;
  return {
    title: isAnother ? errorPages.somebodyElse : errorPages.sessionEnded,
    sentence: isAnother ? errorPages.madeForAnother : errorPages.signInAndRepeat,
    toAccount: words.goToAccount,
    toSignIn: isAnother ? errorPages.signInAsAnother : words.goToSignIn,
    user: isAnother ? currentUser(request) : null,
  };
}

/** Where a step-up leads to what was refused. */
function comingBack({ reauthUrl }: AppError, here: string): string | null {
  return reauthUrl === null ? null : `${reauthUrl}&returnTo=${encodeURIComponent(here)}`;
}

/** Built from the path: the request target may be in absolute form (RFC 9112 §3.2.2). */
function addressOf({ path, originalUrl }: Request): string {
  const query = originalUrl.indexOf('?');
  return query === -1 ? path : path + originalUrl.slice(query);
}
