import type { Request, Response } from 'express';
import type { NewIdentity } from './new-identities.js';
import { render, type Views } from './renderer.js';
import { wordsFor } from './text/words.js';

/** A page in the language of whoever asks; the answer says in which. */
export function pageFor<Name extends keyof Views>(
  request: Request,
  name: Name,
  view: Views[Name],
  newIdentities: NewIdentity[] = [],
): string {
  const words = wordsFor(request);
  request.res?.vary('Accept-Language').set('Content-Language', words.language);
  return render(words, name, view, newIdentities);
}

/** Answers with a page that asks the store for nothing. */
export function sendPage<Name extends keyof Views>(
  response: Response,
  name: Name,
  view: Views[Name],
): void {
  response.type('html').send(pageFor(response.req, name, view));
}
