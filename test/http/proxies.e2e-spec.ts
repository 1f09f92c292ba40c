import { readFileSync } from 'node:fs';
import { connect as connectHttp2 } from 'node:http2';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { providerIds } from '../../src/common/provider-id.js';
import type { SessionSummary } from '../../src/sessions/session.schema.js';
import { outcomeOf, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { runDoctor } from '../support/doctor.js';
import { freePort } from '../support/free-port.mjs';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { runNginx, type TlsProxy } from '../support/nginx.js';
import { compileService } from '../support/service-process.js';

/** The documented configuration, with nothing but its addresses, paths and prefix exchanged. */
const documented = readFileSync('docs/operations/proxies/nginx.conf', 'utf8');

function exchange(text: string, pairs: [string, string][]): string {
  return pairs.reduce((changed, [from, to]) => {
    if (!changed.includes(from)) throw new Error(`nginx.conf has no “${from}” any more`);
    return changed.replaceAll(from, to);
  }, text);
}

const DOCTOR_MS = 30_000;

/** One that the doctor takes for random. */
const SESSION_SECRET = 'hJ4wPz0RkX9vLs2QeTn7YbUc5GdMaF8iOx3ZtVqB6CrK';

let compiled: ReturnType<typeof compileService>;

beforeAll(() => {
  compiled = compileService();
}, DOCTOR_MS);

afterAll(() => compiled.remove());

describe.each([[''], ['/id']])('behind the documented nginx, under “%s”', (prefix) => {
  let latchkey: Latchkey;
  let nginx: TlsProxy;
  let publicUrl: string;
  let agent: Agent;

  beforeAll(async () => {
    const [port, plain, living, dead] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    publicUrl = `https://localhost:${port}${prefix}`;
    latchkey = await startLatchkey({
      PUBLIC_URL: publicUrl,
      PORT: String(living),
      TRUST_PROXY: 'loopback',
      SESSION_SECRET,
    });
    nginx = await runNginx(port, ({ folder, certificate, key }) =>
      exchange(documented, [
        // The first instance is down all the time.
        ['127.0.0.1:3001', `127.0.0.1:${dead}`],
        ['127.0.0.1:3002', `127.0.0.1:${living}`],
        ['listen 80;', `listen 127.0.0.1:${plain};`],
        ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
        ['id.example.com', 'localhost'],
        ['/etc/ssl/latchkey/fullchain.pem', certificate],
        ['/etc/ssl/latchkey/privkey.pem', key],
        ['/var/log/nginx/', `${folder}/`],
        ['location / {', `location ${prefix}/ {`],
      ]),
    );
    // From another address than nginx's own, so that the two can be told apart.
    agent = new Agent({ ca: readFileSync(nginx.certificate), localAddress: '127.0.0.2' });
  });

  afterAll(async () => {
    agent.destroy();
    await nginx.close();
    await latchkey.close();
  });

  const accessLog = () => readFileSync(join(nginx.folder, 'latchkey.log'), 'utf8');

  const browser = () => new Browser({ url: new URL(publicUrl).origin }, agent);

  const cookieNames = async (one: Browser) =>
    (await one.jar.getCookies(`${publicUrl}/`)).map(({ key }) => key);

  async function signIn(
    one: Browser,
    provider: (typeof providerIds)[number],
    query: Record<string, string> = {},
  ): Promise<string> {
    const search = new URLSearchParams(query).toString();
    const start = await one.get(`${prefix}/auth/${provider}${search && `?${search}`}`);
    expect(start.status).toBe(302);
    const { location = '' } = start.headers as Record<string, string | undefined>;
    return outcomeOf(await one.callback(await one.consent(location, somebody())));
  }

  it.each(providerIds)('signs in with %s', async (provider) => {
    const one = browser();
    const returnTo = `${prefix}/account?from=${provider}`;
    expect(await signIn(one, provider, { returnTo })).toBe(returnTo);
    const { status } = await one.api(`${prefix}/users/me`);
    expect(status).toBe(200);
    const name = namesOf(latchkey).session;
    expect(name).toMatch(/^__Host-latchkey-/);
    expect(await cookieNames(one)).toEqual([
      expect.stringContaining('-attempt-'),
      `${name}-last`,
      name,
    ]);
  });

  it('speaks HTTP/2', async () => {
    const client = connectHttp2(publicUrl, { ca: readFileSync(nginx.certificate) });
    const status = await new Promise((resolve, reject) => {
      client.once('error', reject);
      const stream = client.request({ ':path': `${prefix}/health/ready` });
      stream.once('error', reject).once('response', (headers) => resolve(headers[':status']));
      stream.resume().end();
    });
    client.close();
    expect(status).toBe(200);
  });

  it('passes on the real client address, not a forged one', async () => {
    const one = browser();
    const start = await one.get(`${prefix}/auth/google`, { 'X-Forwarded-For': '203.0.113.9' });
    const { location = '' } = start.headers as Record<string, string | undefined>;
    await one.callback(await one.consent(location, somebody()), {
      'X-Forwarded-For': '203.0.113.9',
    });
    const sessions = (await one.api(`${prefix}/users/me/sessions`)).body as SessionSummary[];
    expect(sessions.map(({ address }) => address)).toEqual(['127.0.0.2']);
  });

  it('does not pass on a trace that a client names', async () => {
    const one = browser();
    const headers = {
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      tracestate: 'vendor=opaque',
    };
    const start = await one.get(`${prefix}/auth/facebook`, headers);
    const before = latchkey.sandbox.requests.length;
    const answer = await one.consent(String(start.headers['location']), somebody());
    await one.callback(answer, headers);
    const asked = latchkey.sandbox.requests.slice(before).map((request) => request.headers);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter((each) => 'traceparent' in each || 'tracestate' in each)).toEqual([]);
  });

  it(
    'satisfies the doctor',
    async () => {
      const { code, output } = await runDoctor(
        compiled.main,
        { ...latchkey.environment, NODE_EXTRA_CA_CERTS: nginx.certificate },
        ['--request'],
      );
      expect(output).toContain(`  ok       ${publicUrl} leads to the service.\n`);
      expect(output).toContain('Path=/, Secure.\n');
      expect(output).not.toContain('BROKEN');
      expect(code).toBe(0);
    },
    DOCTOR_MS,
  );

  it('gives both logs one request id', async () => {
    const answer = await browser().api(`${prefix}/users/me`, { 'X-Request-Id': 'chosen-outside' });
    const id = (answer.headers as Record<string, string | undefined>)['x-request-id'];
    expect(id).toMatch(/^[\da-f]{32}$/);
    // nginx writes its line after it has answered.
    for (let tries = 0; tries < 40 && !accessLog().includes(`id=${id}\n`); tries += 1)
      await sleep(50);
    expect(accessLog()).toContain(`id=${id}\n`);
  });

  it('has room for the maximum of open attempts', async () => {
    const one = browser();
    const returnTo = `${prefix}/${'x'.repeat(511 - prefix.length)}`;
    for (let open = 0; open < 5; open += 1) {
      expect((await one.get(`${prefix}/auth/google?returnTo=${returnTo}`)).status).toBe(302);
    }
    expect(await cookieNames(one)).toHaveLength(5);
    expect(await signIn(one, 'google', { returnTo })).toBe(returnTo);
  });

  it('keeps queries out of its logs, even when it retries the other instance', () => {
    const access = accessLog();
    const errors = readFileSync(join(nginx.folder, 'latchkey-error.log'), 'utf8');
    expect(access).toMatch(
      new RegExp(`"GET ${prefix}/auth/google/callback HTTP/1.1" 302 .* id=[\\da-f]{32}\n`),
    );
    // The instance that is down was tried, the other one answered.
    expect(access).toMatch(
      / 302 \d+ [\d.]+s upstream="127\.0\.0\.1:\d+, 127\.0\.0\.1:\d+ 502, 302"/,
    );
    for (const log of [access, errors]) expect(log).not.toMatch(/[?]|code=|state=|oauth_token=/);
  });
});
