import { afterAll, beforeAll } from '@jest/globals';
import type { ProviderId } from '../../src/common/provider-id.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.js';
import { outcomeOf, somebody } from './accounts.js';
import { backChannel } from './back-channel.js';
import { Browser, type Consent } from './browser.js';
import { freePort } from './free-port.mjs';
import { clientsOf, keysOf } from './registration.js';
import { compileService, ready, type ServiceProcess, spawnService } from './service-process.js';

/** The `tracestate` that comes with every trace. */
export const STATE = 'vendor=opaque,other=1';

const SECRET = 'canary-session-secret-0123456789-abc';
const secretOf = (provider: ProviderId) => `canary-${provider}-client-secret`;

let count = 0;

/** A trace that somebody in front of the service has begun. */
export function aTrace(flags = '01') {
  count += 1;
  const traceId = `0af7651916cd43dd8448eb2100${String(count).padStart(6, '0')}`;
  const parentId = `b7ad6b7100${String(count).padStart(6, '0')}`;
  const traceparent = `00-${traceId}-${parentId}-${flags}`;
  return { traceId, parentId, headers: { traceparent, tracestate: STATE } };
}

/** The service as a process, with sandbox providers, for a suite that looks at where traces go. */
export class TracedService {
  url = '';
  /** Every value that only the person's browser, the service and the provider may know. */
  readonly secrets = new Set<string>([SECRET]);
  private main = '';
  private port = 0;
  private providers: Sandbox | undefined;

  /** The sandbox; only from `beforeAll` on. */
  get sandbox(): Sandbox {
    if (this.providers === undefined) throw new Error('The sandbox has not been started.');
    return this.providers;
  }

  /** Compiles the service and starts the sandbox before the tests of a file; takes both away after them. */
  prepare(): this {
    let compiled: ReturnType<typeof compileService>;
    beforeAll(async () => {
      compiled = compileService();
      this.main = compiled.main;
      this.port = await freePort();
      this.url = `http://localhost:${this.port}`;
      const clients = clientsOf(this.url, secretOf);
      for (const { clientSecret } of Object.values(clients)) this.secrets.add(clientSecret);
      this.providers = await startSandbox({ host: '127.0.0.1', port: 0, clients });
    }, 30_000);
    afterAll(async () => {
      await this.sandbox.close();
      compiled.remove();
    });
    return this;
  }

  /** Starts the service, and waits until it is ready. */
  async start(environment: Record<string, string>): Promise<ServiceProcess> {
    const service = spawnService(this.main, {
      NODE_ENV: 'production',
      PORT: String(this.port),
      PUBLIC_URL: this.url,
      SESSION_SECRET: SECRET,
      // The tests are the proxy in front.
      TRUST_PROXY: 'loopback',
      PROVIDER_TIMEOUT_MS: '500',
      RATE_LIMIT_PER_MINUTE: '0',
      SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
      ...keysOf(secretOf),
      ...this.sandbox.settings,
      ...environment,
    });
    await ready(this.url, service);
    return service;
  }

  /** Signs in with the trace in each request of the browser to the service. Returns the callback's outcome. */
  async signIn(
    provider: ProviderId,
    headers: Record<string, string>,
    consent: Consent = {},
  ): Promise<string> {
    const browser = new Browser(this);
    const start = await browser.get(`/auth/${provider}`, headers);
    for (const value of Object.values(await browser.cookies())) this.secrets.add(value);
    const authorize = String(start.headers['location']);
    const callback = await browser.consent(authorize, { ...somebody(), ...consent });
    for (const address of [authorize, callback]) {
      for (const name of ['state', 'nonce', 'code', 'oauth_token', 'oauth_verifier']) {
        const value = new URL(address).searchParams.get(name);
        if (value !== null) this.secrets.add(value);
      }
    }
    const answer = await browser.callback(callback, headers);
    for (const [name, value] of Object.entries(await browser.cookies())) {
      // It names a provider.
      if (name.endsWith('-last')) continue;
      this.secrets.add(value).add(decodeURIComponent(value));
    }
    return outcomeOf(answer);
  }

  /** The trace headers of what a piece of work has made the service ask of providers. */
  async passedOn(work: () => Promise<unknown>): Promise<(string | undefined)[][]> {
    const before = backChannel(this.sandbox).length;
    await work();
    return backChannel(this.sandbox)
      .slice(before)
      .map(({ headers }) => [headers['traceparent'], headers['tracestate'], headers['baggage']]);
  }
}
