import { createServer, type Server } from 'node:http';
import { createApp } from './app.js';
import { createConsent } from './consent.js';
import { createControl } from './control.js';
import { createFacebook } from './facebook.js';
import { createArmedFaults } from './faults.js';
import { createGoogle } from './google.js';
import { createGoogleKeys } from './google-keys.js';
import { sendHome } from './home.js';
import { createLedgerBook } from './ledger.js';
import { providers } from './provider.js';
import { createRequestLog } from './request-log.js';
import { createTwitter } from './twitter.js';
import type { Sandbox, SandboxOptions } from './types.js';

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/**
 * Plays Google, X and Facebook on a port of its own. For development and tests: it believes what it is told.
 *
 * @returns once it listens; the caller closes it
 * @throws what listening throws
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const keys = await createGoogleKeys();
  const server = createServer();
  const port = await listen(server, options.host, options.port);

  // Not the address that was bound: the app and the providers have to be different sites, as in life.
  const url = `http://127.0.0.1:${port}`;
  const { clients } = options;
  const book = createLedgerBook();
  const faults = createArmedFaults();
  const log = createRequestLog();
  const parts = { url, book, faults, consent: createConsent(book) };
  const twitter = createTwitter(parts, clients.twitter);
  const facebook = createFacebook(parts, clients.facebook);

  const sandbox: Sandbox = {
    url,
    googleIssuer: url + providers.google.api,
    twitterApiUrl: url + providers.twitter.api,
    facebookDialogUrl: url + providers.facebook.pages,
    facebookGraphUrl: url + providers.facebook.api,
    requests: log.entries,
    failNext: (provider, step, fault, times) => faults.arm(provider, step, fault, times),
    rotateGoogleKey: () => keys.rotate(),
    reset() {
      log.entries.length = 0;
      book.clear();
      faults.clear();
      twitter.clear();
    },
    async close() {
      if (!server.listening) return;
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      });
    },
  };

  const secrets = Object.values(clients).map(({ clientSecret }) => clientSecret);
  const app = createApp(log.record, (to) => {
    to.get('/', (_req, res) => sendHome(res, sandbox, clients));
    to.use('/sandbox', createControl(sandbox, secrets));
    to.use(providers.google.api, createGoogle(parts, clients.google, keys));
    to.use(providers.twitter.api, twitter.router);
    to.use(providers.facebook.pages, facebook.dialog);
    to.use(providers.facebook.api, facebook.graph);
  });
  server.on('request', app);
  return sandbox;
}
