import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outcomeOf, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { compileService } from '../support/service-process.js';
import { report } from './support/report.js';
import { type Service, startService } from './support/service.js';
import { portOf } from './support/stand.js';

const PROVIDER_MS = 4000;

let compiled: ReturnType<typeof compileService>;
let service: Service;
let untrusted: Server;

beforeAll(async () => {
  compiled = compileService();
  untrusted = await startUntrusted();
  service = await startService(compiled.main, async (sandbox) => ({
    // A certificate that nobody has signed; a name that does not exist (RFC 6761 §6.4); TLS where plain HTTP is spoken.
    GOOGLE_ISSUER: `https://127.0.0.1:${portOf(untrusted)}`,
    TWITTER_API_URL: 'https://api.x.invalid',
    FACEBOOK_GRAPH_URL: sandbox.settings.FACEBOOK_GRAPH_URL.replace('http:', 'https:'),
    PROVIDER_TIMEOUT_MS: String(PROVIDER_MS),
    DATABASE_URL: 'file:./test.db',
    LOG_LEVEL: 'fatal',
  }));
}, 60_000);

afterAll(async () => {
  await service.close();
  untrusted.close();
  compiled.remove();
});

/** A server with a certificate of its own making, as somebody has who sits in between. */
async function startUntrusted(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...request, ...name, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
  rmSync(folder, { recursive: true, force: true });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function timed<T>(work: Promise<T>): Promise<[T, number]> {
  const began = Date.now();
  return [await work, Date.now() - began];
}

describe('a provider that', () => {
  it.each([
    ['google', 'has a certificate that nobody trusts'],
    ['twitter', 'has no address'],
  ] as const)('(%s) %s is an error at the start of its sign-ins', async (provider, what) => {
    const [started, took] = await timed(new Browser(service).get(`/auth/${provider}`));
    expect(outcomeOf(started)).toBe('provider_error');
    expect(took).toBeLessThan(PROVIDER_MS);
    report(`${provider} ${what}: provider_error within ${took} ms`);
  });

  it('(facebook) breaks TLS is an error at the end of its sign-ins', async () => {
    const browser = new Browser(service);
    const callback = await browser.consent(await browser.start('facebook'), somebody());
    const [answer, took] = await timed(browser.callback(callback));
    expect(outcomeOf(answer)).toBe('provider_error');
    expect(took).toBeLessThan(PROVIDER_MS);
    expect((await browser.api('/users/me')).status).toBe(401);
    report(`facebook breaks TLS: provider_error within ${took} ms`);
  });

  it('cannot be reached does not make the service unready', async () => {
    expect((await new Browser(service).api('/health/ready')).status).toBe(200);
    expect((await new Browser(service).api('/auth/providers')).body).toHaveLength(3);
  });
});
