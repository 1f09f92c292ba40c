import type { Request, Response } from 'express';
import type { Look } from './look.js';
import type { NewIdentity } from './new-identities.js';
import type { Views } from './page-views.js';
import { render } from './renderer.js';
import { wordsFor } from './text/words.js';

/** A page in the language of whoever asks; the answer says in which, and what the page may load. */
export function pageFor<Name extends keyof Views>(
  look: Look,
  request: Request,
  name: Name,
  view: Views[Name],
  { newIdentities = [], headers = look.headers() }: Shown = {},
): string {
  const words = wordsFor(request);
  request.res?.vary('Accept-Language').set('Content-Language', words.language).set(headers);
  return render(look, words, name, view, newIdentities);
}

interface Shown {
  newIdentities?: NewIdentity[];
  headers?: Record<string, string>;
}

/** Answers with a page that asks the store for nothing. */
export function sendPage<Name extends keyof Views>(
  look: Look,
  response: Response,
  name: Name,
  view: Views[Name],
  shown?: Shown,
): void {
  response.type('html').send(pageFor(look, response.req, name, view, shown));
}
