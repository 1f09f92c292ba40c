import type { AppError } from '../common/errors/app-error.js';
import type { Words } from './text/words.js';

export function errorTitle({ errorPages }: Words, { status }: AppError, method: string): string {
  if (status === 404 && method !== 'GET') return errorPages.formNotFound;
  const titles: Partial<Record<number, string>> = errorPages.titles;
  return titles[status] ?? errorPages.otherTitle;
}

export function errorSentence(words: Words, error: AppError): string {
  const { code, status, say, retryAfter } = error;
  if (status === 429 && retryAfter !== null) {
    return words.errorPages.tooMany(words.format.wait(retryAfter));
  }
  if (status === 503) return words.errorPages.unavailable;
  if (say !== null) return words.errors.details[say];
  // What is said to developers is in English.
  return words.language === 'en' ? error.message : words.errors.codes[code];
}
