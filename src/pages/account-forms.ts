import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import { signedInSession } from '../sessions/signed-in.guard.js';

/**
 * Names the person for whom a page was made, in the address that its form is sent to. People share browsers, and a tab
 * stays open: what one of them left there must not happen to the next.
 *
 * @param path where the form leads, without a query
 * @param returnTo where the person goes afterwards, already checked; null means back to their account
 */
export function formAction(path: string, userId: string, returnTo: string | null): string {
  const then = returnTo === null ? '' : `&returnTo=${encodeURIComponent(returnTo)}`;
  return `${path}?user=${userId}${then}`;
}

/** Takes forms of the account's pages only from the person for whom the page was made; looking is free. */
@Injectable()
export class FormUserGuard implements CanActivate {
  /** Throws `session_changed` when somebody else has signed in since, or the form does not say whose it is. */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (request.method !== 'POST') return true;
    if (request.query['user'] !== signedInSession(request).userId) {
      throw new AppError('session_changed');
    }
    return true;
  }
}

/**
 * Whether a form found nothing left to do: what it is about is gone, most often because of the first of two clicks. To
 * whoever sent it that is the same as done.
 */
export function isAlreadyDone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_found';
}
