import { createServer, type Server } from 'node:http';

import { type AnswerFault, elsewhere } from './core/answers.js';
import { createApp } from './core/app.js';
import { createConsent } from './core/consent.js';
import { createControl } from './core/control.js';
import { createArmedFaults } from './core/faults.js';
import { createLedger, type OpenLedger } from './core/ledger.js';
import { createPictures } from './core/pictures.js';
import { sendErrorPage, sendHome } from './core/pages.js';
import type { ProviderDescription, RunningProvider, SandboxClient } from './core/provider.js';
import { createRequestLog, type SandboxRequest } from './core/request-log.js';
import { providers } from './registry.js';

type Description = (typeof providers)[number];
type KeysOf<Union> = Union extends unknown ? keyof Union : never;
type FaultsOf<Steps> = Steps extends unknown ? KeysOf<Steps[keyof Steps]> : never;

export type SandboxProvider = Description['id'];
/** Which of a service's requests to a provider is to fail. */
export type SandboxStep = KeysOf<Description['steps']>;
/** A fault that can be armed, by its name in tests and at `POST /sandbox/fail-next`. */
export type SandboxFault = AnswerFault | FaultsOf<Description['steps']>;

/** Where the sandbox listens, and the one app that is registered at each provider. */
export interface SandboxOptions {
  /** Address to bind, e.g. '0.0.0.0' or '127.0.0.1'. */
  host: string;
  /** 0 = any free port. */
  port: number;
  clients: Record<SandboxProvider, SandboxClient>;
}

/** A running sandbox, as the process that started it holds it. */
export interface Sandbox {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** The variables that lead a service here. */
  readonly settings: Readonly<Record<KeysOf<Description['addresses']>, string>>;
  /** The last 1000 requests, oldest first. */
  readonly requests: readonly SandboxRequest[];
  /** Makes the next request at that step (or the next `times`) fail that way. Throws when it never could. */
  failNext(provider: SandboxProvider, step: SandboxStep, fault: SandboxFault, times?: number): void;
  /** Does what a provider offers as an action, such as `google/rotate-key`. Throws when there is none. */
  act(action: string): Promise<void>;
  /** Forgets the log, codes, tokens, open consent pages and armed faults. */
  reset(): void;
  /** Stops listening and destroys every connection, answers that hang included. */
  close(): Promise<void>;
}

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

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}

function settingsAt(url: string): Sandbox['settings'] {
  const addresses = providers.flatMap((provider: ProviderDescription) =>
    Object.entries(provider.addresses).map(([variable, { path }]) => [variable, url + path]),
  );
  return Object.fromEntries(addresses) as Sandbox['settings'];
}

/**
 * Stands in for the providers on a port of its own. For development and tests: it believes who people say they are.
 *
 * @returns once it listens; the caller closes it
 * @throws what listening throws
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const server = createServer();
  const port = await listen(server, options.host, options.port);
  // Not the address that was bound: the app and the providers have to be different sites, as in life.
  const url = `http://127.0.0.1:${port}`;
  const faults = createArmedFaults();
  const log = createRequestLog(providers);
  const resets: (() => void)[] = [() => faults.clear()];
  const openLedger: OpenLedger = (ledgerOptions) => {
    const ledger = createLedger(ledgerOptions);
    resets.push(() => ledger.clear());
    return ledger;
  };

  const registered = providers.map((provider: Description) => {
    const client = options.clients[provider.id];
    const consent = createConsent(provider, client, openLedger, url);
    const running: RunningProvider = provider.start({
      url,
      client,
      openLedger,
      onReset: (forget) => resets.push(forget),
      takeFault: (step) => faults.take(provider.id, step),
      ask(req, res, question) {
        const fault = faults.take(provider.id, 'consent');
        if (fault === 'cuts_opener') res.set('Cross-Origin-Opener-Policy', 'same-origin');
        consent.ask(req, res, question);
      },
      sendError: (res, status, error) => sendErrorPage(res, status, provider, error),
    });
    return { provider, client, consent, running };
  });
  const actions = new Map(
    registered.flatMap(({ provider: { id }, running }) =>
      Object.entries(running.actions ?? {}).map(([name, act]) => [`${id}/${name}`, act]),
    ),
  );

  const failNext = (id: string, step: string, fault: string, times = 1): void => {
    const provider = providers.find((known) => known.id === id);
    if (!provider) throw new RangeError(`There is no provider "${id}".`);
    faults.arm(provider, step, fault, times);
  };
  const reset = (): void => {
    log.entries.length = 0;
    for (const forget of resets) forget();
  };
  const secrets = registered.map(({ client }) => client.clientSecret);
  const control = createControl({ requests: log.entries, secrets, failNext, reset, actions });

  const app = createApp(providers, log.record, (to) => {
    to.get('/', (_req, res) => sendHome(res, url, registered));
    to.use(createPictures());
    to.use('/sandbox', control);
    for (const { provider, consent, running } of registered) {
      to.post(provider.consentPath, consent.answer);
      for (const [path, router] of Object.entries(running.routers)) {
        to.get(`${path}/elsewhere`, (_req, res) => elsewhere(res));
        to.use(path, router);
      }
    }
  });
  server.on('request', app);

  return {
    url,
    settings: settingsAt(url),
    requests: log.entries,
    failNext,
    async act(action) {
      const act = actions.get(action);
      if (!act) throw new RangeError(`There is no action "${action}".`);
      await act();
    },
    reset,
    close: () => close(server),
  };
}
