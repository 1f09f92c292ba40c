import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AppError } from '../common/errors/app-error.js';
import { ErrorPages } from '../common/errors/problem.filter.js';
import { pageHeaders } from '../common/http/page-headers.js';
import { requestIdOf } from '../common/logging/request-context.js';
import { isProviderId } from '../common/provider-id.js';
import { requestedReturnTo, type Config, CONFIG } from '../config/config.js';
import { providers } from '../providers/registry.js';
import { SessionReader } from '../sessions/session-reader.js';
import { currentUser } from '../users/current-user.js';
import {
  accountPath,
  endsSession,
  hasConfirmation,
  isAccountPath,
  staleTarget,
} from './account-paths.js';
import { errorSentence, errorTitle } from './error-text.js';
import { PageRenderer } from './page-renderer.js';
import type { Views } from './renderer.js';
import { stepUpView } from './step-up-page.js';
import { pagePolicy } from './styles.js';
import { wordsFor } from './text/words.js';

/** Failures as pages that say what to do next, where the pages are on. */
@Injectable()
export class HtmlErrorPages extends ErrorPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionReader,
    private readonly pages: PageRenderer,
  ) {
    super();
  }

  async answer(error: AppError, request: Request, response: Response): Promise<void> {
    const { prefix } = this.config.publicUrl;
    const accountUrl = accountPath(this.config.publicUrl);
    const isOurs = [accountUrl, `${prefix}/auth`].some((path) => isAccountPath(request.path, path));
    if (error.code === 'not_found' && isOurs) await this.readSession(request, response);
    const isAccount = isAccountPath(request.path, accountUrl);
    const hasPage = request.method === 'GET' || hasConfirmation(request.path, accountUrl);
    // A front end's form says itself where the person was.
    const asked = isAccount ? null : requestedReturnTo(request, this.config);
    const here = isAccount && hasPage ? request.path : (asked ?? accountUrl);
    if (error.code === 'unauthenticated' && isAccount) {
      const hasLeft = request.method === 'POST' && endsSession(request.path, accountUrl);
      response.redirect(
        request.method === 'GET' ? 302 : 303,
        hasLeft ? `${prefix}/` : `${prefix}/?returnTo=${encodeURIComponent(here)}`,
      );
      return;
    }
    response.status(error.status).set(pageHeaders(pagePolicy));
    if (error.code === 'reauth_required' || error.code === 'identity_too_new') {
      const isElsewhere =
        asked !== null && !isAccountPath(asked.split('?', 1)[0] ?? '', accountUrl);
      const leadsTo: 'question' | 'account' =
        isAccount && here !== accountUrl ? 'question' : 'account';
      const target = { here, leadsTo: isElsewhere ? ('elsewhere' as const) : leadsTo };
      const view = stepUpView(error, request, this.config, target);
      response.type('html').send(await this.pages.errorPage(request, 'reauthenticate', view));
      return;
    }
    const isPage = isAccount || request.path === `${prefix}/`;
    const retries = [429, 503].includes(error.status) && request.method === 'GET' && isPage;
    response.type('html').send(
      await this.pages.errorPage(request, 'error', {
        ...textOf(error, request, accountUrl),
        requestId: error.status >= 500 ? requestIdOf(request) : null,
        ...(retries
          ? { retryUrl: addressOf(request), accountUrl: null, signInUrl: null }
          : { retryUrl: null, ...linksFor(error, request, accountUrl, `${prefix}/`) }),
      }),
    );
  }

  /** No guard has read the session where no route has answered. A failure is ignored: this is the error page already. */
  private async readSession(request: Request, response: Response): Promise<void> {
    if (request.signedIn !== undefined || request.bearer !== undefined) return;
    const signedIn = await this.sessions.read(request, response).catch(() => undefined);
    if (signedIn !== undefined) request.signedIn = signedIn;
  }
}

type Text = Pick<Views['error'], 'title' | 'sentence' | 'toAccount' | 'toSignIn' | 'user'>;

function textOf(error: AppError, request: Request, accountUrl: string): Text {
  const words = wordsFor(request);
  const { goToAccount: toAccount, goToSignIn: toSignIn } = words;
  if (error.code === 'session_changed') return sessionChangedText(request);
  const stale = error.status === 404 ? staleTarget(request.path, accountUrl) : null;
  if (stale === null) {
    return {
      title: errorTitle(words, error, request.method),
      sentence: errorSentence(words, error),
      toAccount,
      toSignIn,
      user: null,
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
    user: null,
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

/** Built from the path: the request target may be in absolute form (RFC 9112 §3.2.2). */
function addressOf({ path, originalUrl }: Request): string {
  const query = originalUrl.indexOf('?');
  return query === -1 ? path : path + originalUrl.slice(query);
}

/** The links that fit the reader: `signedIn` is undefined on routes that do not read the session. */
function linksFor(
  { code }: AppError,
  request: Pick<Request, 'signedIn'>,
  accountUrl: string,
  signInUrl: string,
): Pick<Views['error'], 'accountUrl' | 'signInUrl'> {
  const { signedIn } = request;
  return {
    accountUrl: signedIn === null ? null : accountUrl,
    signInUrl: signedIn && code !== 'session_changed' ? null : signInUrl,
  };
}
