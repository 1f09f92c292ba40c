import type { AppError } from '../common/errors/app-error.js';
import type { Views } from './page-views.js';
import type { Words } from './text/words.js';

type ErrorView = Views['error'];

/** An error page that leads nowhere. */
export const blankError: Omit<ErrorView, 'title' | 'sentence'> = {
  icon: null,
  waitSeconds: null,
  requestId: null,
  retryUrl: null,
  reauthUrl: null,
  toAccount: '',
  accountUrl: null,
  toSignIn: '',
  signInUrl: null,
  user: null,
};

/** What an error page says, and its sign. */
export function errorText(
  words: Words,
  error: AppError,
  method: string,
): Pick<ErrorView, 'title' | 'sentence' | 'icon' | 'waitSeconds'> {
  const { status, retryAfter } = error;
  const { errorPages, format } = words;
  if (status === 429 && retryAfter !== null) {
    const title = errorPages.wait(format.wait(retryAfter));
    return { title, sentence: errorPages.waitMeans, icon: 'clock', waitSeconds: retryAfter };
  }
  const isMissing = status === 404 && method === 'GET';
  return {
    title: errorTitle(words, error, method),
    sentence: isMissing ? errorPages.noPage : errorSentence(words, error),
    icon: isMissing ? 'search' : null,
    waitSeconds: null,
  };
}

function errorTitle({ errorPages }: Words, { status }: AppError, method: string): string {
  if (status === 404 && method !== 'GET') return errorPages.formNotFound;
  const titles: Partial<Record<number, string>> = errorPages.titles;
  return titles[status] ?? errorPages.otherTitle;
}

function errorSentence(words: Words, { code, status, say, message }: AppError): string {
  if (status === 503) return words.errorPages.unavailable;
  if (say !== null) return words.errors.details[say];
  // What is said to developers is in English.
  return words.language === 'en' ? message : words.errors.codes[code];
}
