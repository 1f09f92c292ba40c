import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { Response } from 'express';
import {
  allNames,
  type ErrorDetails,
  type ProviderDescription,
  type SandboxClient,
} from './provider.js';

// Eta escapes by default; nothing but the layout's own body is written raw.
const eta = new Eta({ views: fileURLToPath(new URL('./views/', import.meta.url)), cache: true });

/**
 * Renders a page of `views/` and sends it.
 * @param data what the template reads as `it`; all of it is escaped
 */
export function sendPage(
  res: Response,
  status: number,
  template: 'consent' | 'error' | 'home',
  data: Record<string, unknown>,
): void {
  res
    .status(status)
    .set('Content-Type', 'text/html; charset=utf-8')
    .end(eta.render(`./${template}`, data));
}

/**
 * A page that ends the attempt.
 * @param provider whose page it is; without an id it is that of the sandbox as a whole
 */
export function sendErrorPage(
  res: Response,
  status: number,
  provider: { id?: string; name: string },
  error: ErrorDetails,
): void {
  sendPage(res, status, 'error', { provider: provider.id, providerName: provider.name, ...error });
}

/** The one stylesheet of all pages. */
export function sendStylesheet(res: Response): void {
  res.set('Content-Type', 'text/css; charset=utf-8').end(eta.render('./style', {}));
}

/** The first page: the providers, and how a service is pointed at them. It shows client ids, but no secrets. */
export function sendHome(
  res: Response,
  url: string,
  registered: readonly { provider: ProviderDescription; client: SandboxClient }[],
): void {
  const providers = registered.map(({ provider }) => provider);
  sendPage(res, 200, 'home', {
    title: allNames(providers, 'conjunction'),
    providerName: allNames(providers, 'disjunction'),
    rows: registered.map(({ provider, client: { clientId, redirectUri } }) => ({
      ...provider,
      addresses: Object.entries(provider.addresses).map(([variable, { label, path }]) => ({
        variable,
        label,
        url: url + path,
      })),
      clientId,
      redirectUri,
    })),
  });
}
