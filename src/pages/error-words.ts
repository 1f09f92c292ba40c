import type { Request, Response } from 'express';
import { providers } from '../providers/registry.js';
import type { AppError } from '../common/errors/app-error.js';
import { isProviderId } from '../common/provider-id.js';
import { goneQuestion } from './account-paths.js';

/** What a page says about a failure. The sentences of the API name causes that only operators can do something about. */
interface ErrorWords {
  title: string;
  sentence: string;
  /** What the way to the account is called. */
  toAccount: string;
}

/** What a status is called on a page. */
const titles: Readonly<Record<number, string>> = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Page not found',
  409: 'That is not possible',
  429: 'Too many requests',
  503: 'Temporarily unavailable',
};

/** What somebody reads whose request was one too many. */
export function tooManySentence(seconds: number): string {
  const wait = seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `Too many requests came from your network. Try again in ${wait}.`;
}

/** What somebody reads while the service cannot do its work. */
export const UNAVAILABLE_SENTENCE =
  'The service is not available at the moment. Try again in a minute.';

/**
 * The words for a failure.
 *
 * @param response has `Retry-After` set where it is known
 * @param account the path of the account page
 */
export function errorWords(
  error: AppError,
  request: Pick<Request, 'method' | 'path'>,
  response: Pick<Response, 'getHeader'>,
  account: string,
): ErrorWords {
  const gone = error.status === 404 ? goneQuestion(request.path, account) : null;
  if (gone !== null) {
    const sentence =
      gone.about === 'session'
        ? 'That browser is no longer signed in.'
        : `${isProviderId(gone.provider) ? providers[gone.provider].label : 'That provider'} is not connected to your account.`;
    return { title: 'Nothing to do here', sentence, toAccount: 'Back to your account' };
  }
  return {
    title: titleOf(error, request.method),
    sentence: sentenceFor(error, Number(response.getHeader('Retry-After'))),
    toAccount: 'Go to your account',
  };
}

function titleOf({ status }: AppError, method: string): string {
  // Whoever sent a form was not looking for a page.
  if (status === 404 && method !== 'GET') return 'It is not there';
  return titles[status] ?? 'Something went wrong';
}

function sentenceFor({ status, message }: AppError, retryAfter: number): string {
  if (status === 429 && retryAfter > 0) return tooManySentence(retryAfter);
  return status === 503 ? UNAVAILABLE_SENTENCE : message;
}
