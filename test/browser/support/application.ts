import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { Page } from 'playwright-core';

/** A front end's or an API's server. */
export interface Application {
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1, which browsers also find by every name under localhost. */
export async function startApplication(
  port: number,
  answer: (request: IncomingMessage) => Promise<Answer>,
): Promise<Application> {
  const listener: RequestListener = (request, response) => {
    void (async () => {
      try {
        const { status = 200, headers = {}, html = '', json, raw } = await answer(request);
        response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
        const page = html && `<!doctype html><link rel="icon" href="data:,">${html}`;
        response.end(raw ?? (json === undefined ? page : JSON.stringify(json)));
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    })();
  };
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  html?: string;
  json?: unknown;
  /** Sent as it is. */
  raw?: string;
}

/** Consents as somebody ready-made on the sandbox's page that is open, and waits until the browser is at an address. */
export async function consentAs(page: Page, name: string, arrival: RegExp): Promise<void> {
  await page.getByRole('radio', { name }).check();
  await Promise.all([
    page.waitForURL(arrival),
    page.getByRole('button', { name: 'Allow' }).click(),
  ]);
}
