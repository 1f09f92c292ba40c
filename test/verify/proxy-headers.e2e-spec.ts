import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { me } from '../support/accounts.js';
import { headersOf, startEcho } from '../support/echo.js';
import { freePort } from '../support/free-port.mjs';
import {
  FOLDER,
  guardByCaddy,
  guardByNginx,
  guardByPlainNginx,
  type StartProxy,
} from '../support/guard.js';
import type { Latchkey } from '../support/latchkey.js';
import { raw } from '../support/raw.js';
import { ask, startWithSiblings, visitor, type Visitor, withKey } from '../support/servers.js';

/* What a client sends under our names does not reach the application: any name, not only those that there are. */

const AUDIENCE = 'https://api.test';

let latchkey: Latchkey;
let one: Visitor;

beforeAll(async () => {
  latchkey = await startWithSiblings({ TRUST_PROXY: 'loopback', TOKEN_AUDIENCES: AUDIENCE });
  one = await visitor(latchkey);
});

afterAll(() => latchkey.close());

/** All that the service sends or reads under its prefix, as its source has it. */
const known = new Set(
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) => readFileSync(join('src', name), 'utf8').match(/x-latchkey-[a-z-]+/gi) ?? [])
    .map((name) => name.toLowerCase()),
);

/** What the service tells a proxy, as it answers. */
async function told(): Promise<string[]> {
  const path = `/auth/verify?token=${encodeURIComponent(AUDIENCE)}`;
  const { headers } = await ask(latchkey, path, { Cookie: one.domain, ...withKey() });
  return Object.keys(headers).filter((name) => name.startsWith('x-latchkey-'));
}

const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

const sorted = (names: Iterable<string>) => [...names].map((name) => name.toLowerCase()).toSorted();

const set = (conf: string) =>
  [...conf.matchAll(/^ *proxy_set_header (X-Latchkey-\S+) /gm)].map(([, name = '']) => name);

describe('the names that deploy/verify has', () => {
  it('for nginx are all that the service sends or reads', async () => {
    const names = await told();
    const taken = [...known].filter((name) => !names.includes(name));
    expect(sorted(taken)).toEqual(['x-latchkey-client-address', 'x-latchkey-service-key']);
    const [place = '', ...rest] = read('nginx.conf').split('    location = /latchkey/verify');
    expect(rest).toHaveLength(1);
    expect(sorted(set(place))).toEqual(sorted(known));
    expect(sorted(set(read('latchkey-asks.conf')))).toEqual(sorted(taken));
  });

  it('for Caddy are all that the service sends without a key', async () => {
    const [, names = ''] = /^\s*copy_headers (.+)$/m.exec(read('Caddyfile')) ?? [];
    expect(sorted([...names.split(' '), 'X-Latchkey-Token'])).toEqual(sorted(await told()));
  });

  it('for Traefik are all, by a pattern and by name', () => {
    const { http } = parse(read('traefik.yaml')) as {
      http: {
        routers: { application: { middlewares: string[] } };
        middlewares: Record<
          string,
          {
            forwardAuth?: Record<string, unknown>;
            headers?: { customRequestHeaders: Record<string, string> };
          }
        >;
      };
    };
    expect(Object.keys(http.middlewares)).toEqual(http.routers.application.middlewares);
    const { forwardAuth } = http.middlewares['latchkey-verify'] ?? {};
    expect(forwardAuth).toEqual({
      address: 'http://127.0.0.1:3000/auth/verify?redirect=1',
      trustForwardHeader: false,
      authResponseHeadersRegex: expect.stringMatching(/^\(\?i\)\^/),
    });
    const pattern = String(forwardAuth?.['authResponseHeadersRegex']).replace('(?i)', '');
    const taken = new RegExp(pattern, 'i');
    for (const name of known) {
      for (const sign of ['-', '_', '.', '~']) {
        expect(name.replaceAll('-', sign)).toMatch(taken);
      }
    }
    for (const name of ['X-Request-Id', 'latchkey', 'X-Not-Latchkey-User']) {
      expect(name).not.toMatch(taken);
    }
    const { headers } = http.middlewares['latchkey-claims'] ?? {};
    expect(headers?.customRequestHeaders).toEqual({
      'X-Latchkey-Service-Key': '',
      'X-Latchkey-Client-Address': '',
      'X-Request-Id': '',
      traceparent: '',
      tracestate: '',
    });
  });
});

const SENT_BY_PROXY = [
  'x-latchkey-email',
  'x-latchkey-email-verified',
  'x-latchkey-name',
  'x-latchkey-provider',
  'x-latchkey-user',
];

/** Every name of ours, and others that begin as ours do. */
const ANY = [
  ...known,
  'X-Latchkey-',
  'X-LATCHKEY-Groups',
  'x-latchkey-future',
  'X-Latchkey-User-2',
  'X_Latchkey_Groups',
  'X_LATCHKEY-GROUPS',
  'X-Latchkey_Groups',
  'X.Latchkey.Groups',
  'X.Latchkey.User',
  'X~Latchkey~User',
  'X-Latchkey.User',
];

describe.each<[string, StartProxy, readonly string[]]>([
  ['nginx', guardByNginx, ANY],
  // By its lists alone.
  ['nginx without headers-more', guardByPlainNginx, [...known]],
  ['Caddy', guardByCaddy, ANY],
])('an application behind %s', (_name, startProxy, names) => {
  let proxy: { close(): Promise<void> };
  let echo: Server;
  let port: number;

  beforeAll(async () => {
    const application = await freePort();
    port = await freePort();
    echo = await startEcho(application);
    proxy = await startProxy({
      port,
      latchkey: new URL(latchkey.url).host.replace('localhost', '127.0.0.1'),
      application: `127.0.0.1:${application}`,
    });
  });

  afterAll(async () => {
    await proxy.close();
    echo.close();
    echo.closeAllConnections();
  });

  it('does not get what a client sends under any name of ours, however often', async () => {
    const { id } = await me(one.browser);
    const smuggled = [...names, ...names.map((name) => name.replaceAll('-', '_'))];
    for (const name of smuggled) {
      const answer = await raw(`http://127.0.0.1:${port}/`, {
        headers: {
          Host: `app.acme.localhost:${port}`,
          Cookie: one.domain,
          'X-Other': 'eve',
          [name]: ['eve', 'eve'],
        },
      });
      const ours = headersOf(answer).filter(([each]) => each.includes('latchkey'));
      // An empty one nginx leaves out.
      const present = new Set([...ours.map(([each]) => each), 'x-latchkey-email']);
      expect([name, sorted(present)]).toEqual([name, SENT_BY_PROXY]);
      expect(ours).toHaveLength(new Set(ours.map(([each]) => each)).size);
      expect(ours).toContainEqual(['x-latchkey-user', id]);
      expect(JSON.stringify(ours)).not.toContain('eve');
      expect(headersOf(answer)).toContainEqual(['x-other', 'eve']);
    }
  });
});
