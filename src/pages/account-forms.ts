import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../common/errors/app-error.js';
import type { ProviderId } from '../common/provider-id.js';
import { signedInSession } from '../sessions/session.guards.js';
import { accountPath } from './account-paths.js';
import { flashQuery } from './flash.js';

/**
 * The address that a form is sent to, with the user for whom the page was made: people share browsers, and a form that
 * one of them left open must not change the account of the next.
 *
 * @param path where the form leads, without a query
 * @param userId null where nobody is signed in
 * @param returnTo where the person goes afterwards, already checked; null means back to their account
 */
export function formAction(path: string, userId: string | null, returnTo: string | null): string {
  const query = [
    ...(userId === null ? [] : [`user=${userId}`]),
    ...(returnTo === null ? [] : [`returnTo=${encodeURIComponent(returnTo)}`]),
  ];
  return query.length === 0 ? path : `${path}?${query.join('&')}`;
}

/** Where the form leads that connects a provider, and then back to the account. */
export function connectForm(provider: ProviderId, userId: string, prefix: string): string {
  const returnTo = accountPath({ prefix }) + flashQuery('connected', provider);
  return formAction(`${prefix}/auth/${provider}/link`, userId, returnTo);
}

/** Requires that a form was made for the person who is signed in now. Reading needs no such check. */
@Injectable()
export class FormUserGuard implements CanActivate {
  /** Throws `session_changed` when another user has signed in since, or the form names no user. */
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
 * Whether a form found nothing left to do, most often because of a double click. To the person that is the same as done.
 */
export function isAlreadyDone(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not_found';
}

/** Does what a form asks for, where it has not been done before. */
export async function unlessDone(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isAlreadyDone(error)) throw error;
  }
}
