import type { AppError } from '../common/errors/app-error.js';
import { messages } from './messages.js';

export function errorTitle({ status }: AppError, method: string): string {
  if (status === 404 && method !== 'GET') return messages.error.formNotFound;
  return messages.error.titles[status] ?? messages.error.otherTitle;
}

export function errorSentence({ status, message, retryAfter }: AppError): string {
  if (status === 429 && retryAfter !== null) return messages.error.tooMany(retryAfter);
  return status === 503 ? messages.error.unavailable : message;
}
