import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Response } from 'express';
import { allNames, providers, type SandboxProvider } from './provider.js';

// Eta escapes by default; nothing but the layout's own body is written raw.
const eta = new Eta({ views: fileURLToPath(new URL('./views/', import.meta.url)), cache: true });

type Template = 'consent' | 'error' | 'home';

/**
 * Renders a page of `views/` and sends it.
 * @param data what the template reads as `it`; all of it is escaped
 */
export function sendPage(
  res: Response,
  status: number,
  template: Template,
  data: Record<string, unknown>,
): void {
  res
    .status(status)
    .set('Content-Type', 'text/html; charset=utf-8')
    .end(eta.render(`./${template}`, data));
}

/** A page that ends the attempt: for requests that must never lead to a redirect. */
export function sendErrorPage(
  res: Response,
  status: number,
  provider: SandboxProvider | undefined,
  error: { title: string; code?: string; details: string },
): void {
  sendPage(res, status, 'error', {
    provider,
    providerName: provider ? providers[provider].name : allNames('disjunction'),
    ...error,
  });
}

/** The one stylesheet of all pages. */
export function sendStylesheet(res: Response): void {
  res.set('Content-Type', 'text/css; charset=utf-8').end(eta.render('./style', {}));
}
