import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Response } from 'supertest';
import { errorCodes, statusOf } from '../../src/common/errors/app-error.js';
import { providerIds } from '../../src/common/provider-id.js';
import { Browser } from '../support/browser.js';
import { namesOf } from '../support/cookies.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

interface Operation {
  operationId: string;
  tags: string[];
  'x-error-codes': (typeof errorCodes)[number][];
  parameters?: { name: string; in: string; schema?: object }[];
  security?: object[];
  responses: Record<
    string,
    { content?: Record<string, object>; headers?: Record<string, { description?: string }> }
  >;
}

const operationsOf = (described: typeof document) =>
  Object.values(described.paths).flatMap((methods) => Object.values(methods));

let latchkey: Latchkey;
let document: {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string; description: string }[];
  components: { securitySchemes: { cookie: object }; schemas: Record<string, object> };
};
let ajv: Ajv2020;

beforeAll(async () => {
  latchkey = await startLatchkey({ PROVIDER_TIMEOUT_MS: '300', TOKEN_AUDIENCES: 'api' });
  document = (await new Browser(latchkey).api('/openapi.json')).body as typeof document;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (to: Ajv2020) => void)(ajv);
  ajv.addSchema(document, 'api');
});

afterAll(() => latchkey.close());

const escaped = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** Checks an answer against the schema of its operation, status and media type. */
function expectDescribed(method: string, path: string, response: Response): void {
  const { status } = response;
  const type = String(response.headers['content-type']).split(';')[0] ?? '';
  const documented = document.paths[path]?.[method]?.responses[status]?.content ?? {};
  expect([method, path, status, Object.keys(documented)]).toEqual([
    method,
    path,
    status,
    expect.arrayContaining([type]),
  ]);
  const at = ['paths', path, method, 'responses', String(status), 'content', type, 'schema'];
  const validate = ajv.compile({ $ref: `api#/${at.map(escaped).join('/')}` });
  validate(JSON.parse(response.text));
  expect(validate.errors).toBeNull();
}

describe('/openapi.json', () => {
  it('has the expected user of whatever changes an account', () => {
    const changing = Object.entries(document.paths)
      .filter(([path]) => /^\/(?:users\/me|auth\/pending-link|auth\/\{provider\}\/link)/.test(path))
      .flatMap(([, methods]) => Object.entries(methods))
      .filter(([method]) => method !== 'get');
    expect(changing.length).toBeGreaterThan(7);
    for (const [, { operationId, parameters }] of changing) {
      const names = (parameters ?? []).map((each) => (each as { name: string }).name);
      expect([operationId, names]).toEqual([operationId, expect.arrayContaining(['user'])]);
    }
  });

  it('describes what a script that starts a sign-in gets', async () => {
    const answer = await new Browser(latchkey).api('/auth/google', {
      Accept: 'application/json',
      'Sec-Fetch-Site': 'same-origin',
      'Sec-Fetch-Mode': 'cors',
      'Sec-Fetch-Dest': 'empty',
    });
    expect(answer.status).toBe(200);
    expectDescribed('get', '/auth/{provider}', answer);
  });

  it('is OpenAPI 3.1 at the public address', () => {
    expect(document).toMatchObject({
      openapi: expect.stringMatching(/^3\.1\.\d$/),
      info: { title: 'Latchkey', version: expect.any(String) },
      servers: [{ url: latchkey.url }],
    });
  });

  it('describes every route of the contract', () => {
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/auth/providers',
        '/auth/{provider}',
        '/auth/{provider}/callback',
        '/auth/logout',
        '/auth/session',
        '/users/me',
        '/health/live',
        '/health/ready',
      ]),
    );
  });

  it('names each operation as a client would name its method', () => {
    const ids = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId);
    expect(ids.toSorted()).toEqual([
      'acknowledgeIdentity',
      'completeForApp',
      'confirmPendingLink',
      'connectProvider',
      'continueForApp',
      'declinePendingLink',
      'deleteUser',
      'disconnectProvider',
      'exchangeCode',
      'exportUser',
      'finishSignIn',
      'getKeySet',
      'getLiveness',
      'getMetadata',
      'getReadiness',
      'getSession',
      'getUser',
      'introspect',
      'issueToken',
      'listActivity',
      'listIdentities',
      'listProviders',
      'listSessions',
      'reauthenticateForApp',
      'revokeOtherSessions',
      'revokeSession',
      'signOut',
      'startHandover',
      'startSignIn',
      'updateUser',
      'verify',
    ]);
  });

  it('says which values a parameter takes', () => {
    expect(document.paths['/users/me/activity']?.['get']?.parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      description: expect.any(String),
      schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
    });
  });

  it('is what openapi.json has, at this address', () => {
    const committed = JSON.parse(readFileSync('openapi.json', 'utf8')) as typeof document;
    const { cookie } = document.components.securitySchemes;
    committed.components.securitySchemes.cookie = cookie;
    const servers = [{ url: latchkey.url, description: 'PUBLIC_URL' }];
    expect(document).toEqual({ ...committed, servers });
  });

  it('has components by the names that clients use', () => {
    expect(document.components.schemas).toMatchObject({
      ErrorCode: { enum: errorCodes },
      ProviderId: { enum: providerIds },
      CurrentSession: { properties: { pendingLink: expect.any(Object) } },
      PendingLink: { properties: { canSeparate: expect.any(Object) } },
      ErrorRedirect: { properties: { error: { $ref: '#/components/schemas/ErrorCode' } } },
      User: { required: expect.arrayContaining(['locale']) },
    });
  });

  it('begins with the sign-in, and explains each group', () => {
    const groups = Object.values(document.paths).map((methods) => Object.values(methods)[0]?.tags);
    expect(groups[0]).toEqual(['sign-in']);
    expect(document.tags.map(({ name }) => name)).toEqual([...new Set(groups.flat())]);
    for (const { description } of document.tags) expect(description).not.toBe('');
  });

  it('lists the codes of each operation, each with its status', () => {
    for (const operation of operationsOf(document)) {
      const { operationId, responses, 'x-error-codes': codes } = operation;
      expect([operationId, errorCodes]).toEqual([operationId, expect.arrayContaining(codes)]);
      const listed: Record<string, string[]> = {};
      const expected: Record<string, string[]> = {};
      for (const code of codes) (expected[statusOf(code)] ??= []).push(code);
      for (const [status, { content }] of Object.entries(responses)) {
        const problem = content?.['application/problem+json'] as
          | { schema: { allOf?: [object, { properties: { code: { enum: string[] } } }] } }
          | undefined;
        const [, only] = problem?.schema.allOf ?? [];
        if (only !== undefined) listed[status] = only.properties.code.enum;
      }
      expect([operationId, listed]).toEqual([operationId, expected]);
    }
  });

  it('describes each parameter by a schema, and each header that matters', () => {
    for (const { operationId, parameters = [], responses } of operationsOf(document)) {
      for (const { name, schema } of parameters) {
        expect([operationId, name, schema]).toEqual([operationId, name, expect.any(Object)]);
      }
      for (const [status, { headers }] of Object.entries(responses)) {
        const header = status.startsWith('3') ? 'Location' : 'Retry-After';
        if (!/^(?:3..|429|503)$/.test(status)) continue;
        expect([operationId, status, headers?.[header]?.description]).toEqual([
          operationId,
          status,
          expect.any(String),
        ]);
      }
    }
  });

  it('has no reference that leads nowhere', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, ref]) => ref ?? '',
    );
    expect(refs.length).toBeGreaterThan(5);
    for (const ref of new Set(refs)) {
      expect(() => ajv.compile({ $ref: `api${ref}` })).not.toThrow();
    }
  });

  it('requires the session cookie on every authenticated route', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const needing = operations.filter(({ responses }) => '401' in responses);
    expect(needing.length).toBeGreaterThan(8);
    expect(operations.filter(({ security = [] }) => security.length > 0)).toEqual(needing);
    expect(document.components.securitySchemes.cookie).toMatchObject({
      name: namesOf(latchkey).session,
    });
  });

  it('can reject a wrong response: the schemas are not empty', () => {
    const user = ajv.compile({ $ref: 'api#/components/schemas/User' });
    expect(user({})).toBe(false);
    const problem = ajv.compile({ $ref: 'api#/components/schemas/Problem' });
    expect(problem({ type: 'about:blank', title: 'x', status: 400, code: 'made_up' })).toBe(false);
  });

  it('lists no page and no secret of the service', () => {
    expect(Object.keys(document.paths)).not.toContain('/account');
    expect(JSON.stringify(document)).not.toContain('google-secret');
  });
});

describe('/docs', () => {
  it('serves a page that may only load its own resources', async () => {
    const browser = new Browser(latchkey);
    const response = await browser.get('/docs');
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toMatch(/^text\/html/);
    expect(response.headers['content-security-policy']).toContain("default-src 'none'");
    const sources = [...response.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(
      ([, url]) => url ?? '',
    );
    expect(sources.length).toBeGreaterThan(1);
    for (const source of sources) {
      const url = new URL(source, `${latchkey.url}/docs`);
      expect(url.origin).toBe(latchkey.url);
      expect((await browser.get(url.pathname)).status).toBe(200);
    }
    expect(response.text).not.toMatch(/<script>/);
    expect(response.text).toContain('<meta name="viewport" content="width=device-width');
  });

  it('has the description read', async () => {
    const start = await new Browser(latchkey).get('/docs/start.js');
    expect(start.headers['content-type']).toMatch(/^(?:text|application)\/javascript/);
    expect(start.text).toContain('"url":"/openapi.json"');
  });

  it('lets browsers keep what never changes under its address, and nothing else', async () => {
    const browser = new Browser(latchkey);
    const page = await browser.get('/docs');
    const versioned = [...page.text.matchAll(/"([^"]+\?v=[\d.]+)"/g)].map(([, url]) => url ?? '');
    expect(versioned).toHaveLength(3);
    const cached = async (path: string) => (await browser.get(path)).headers['cache-control'];
    for (const path of versioned) {
      expect([path, await cached(path)]).toEqual([path, 'public, max-age=31536000, immutable']);
    }
    for (const path of ['/docs', '/docs/start.js', '/openapi.json']) {
      expect([path, await cached(path)]).toEqual([path, 'no-store']);
    }
  });

  it.each([
    'package.json',
    'index.html',
    'oauth2-redirect.html',
    'swagger-ui-bundle.js.map',
    'swagger-ui-es-bundle.js',
    'swagger-initializer.js',
    '..%2fpackage.json',
    'docs/swagger-ui.css',
  ])('serves no other file of Swagger UI: %s', async (file) => {
    expectProblem(await new Browser(latchkey).api(`/docs/${file}`), 'not_found');
  });
});

describe('a real response matches its schema:', () => {
  it.each(['/auth/providers', '/auth/session', '/health/live', '/health/ready'])(
    'an anonymous visitor’s %s',
    async (path) => {
      const response = await new Browser(latchkey).api(path);
      expect(response.status).toBe(200);
      expectDescribed('get', path, response);
    },
  );

  it.each<[string, 'google' | 'twitter' | 'facebook', object]>([
    ['with everything', 'google', { person: 'ada' }],
    ['without an address', 'twitter', { person: 'grace' }],
    ['with odd values', 'facebook', { name: '\u0000', email: 'not an address', subject: '1' }],
    ['with an odd picture', 'google', { name: 'x', subject: '2', picture: 'https://x.test/"é' }],
  ])('every JSON response to a user %s', async (_name, provider, person) => {
    const browser = new Browser(latchkey);
    await browser.signIn(provider, person);
    const paths = Object.entries(document.paths)
      .filter(([path, { get }]) => get?.responses['200']?.content && !path.includes('{'))
      .map(([path]) => path);
    expect(paths).toContain('/users/me');
    for (const path of paths) {
      const response = await browser.api(path);
      expect([path, response.status]).toEqual([path, 200]);
      expectDescribed('get', path, response);
    }
  });

  it('401, without a session', async () => {
    const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/users/'));
    for (const [path, operations] of paths.filter(([, { get }]) => get !== undefined)) {
      const response = await new Browser(latchkey).api(path.replace(/\{\w+\}/g, 'x'));
      expect([path, response.status]).toEqual([path, 401]);
      expect(Object.keys(operations)).toContain('get');
      expectDescribed('get', path, response);
    }
  });

  it('403, to cross-site requests that change something', async () => {
    const changing = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((method) => method === 'post' || method === 'delete')
        .map((method) => [path, method] as const),
    );
    expect(changing).toContainEqual(['/auth/logout', 'post']);
    for (const [path, method] of changing) {
      const response = await new Browser(latchkey).apiSend(
        method,
        path.replace('{provider}', 'google').replace(/\{\w+\}/g, 'x'),
        { 'Sec-Fetch-Site': 'cross-site' },
      );
      expect([path, response.status]).toEqual([path, 403]);
      expectDescribed(method, path, response);
    }
  });

  it('400, 404, 502 and 504, of starts and callbacks', async () => {
    const browser = new Browser(latchkey);
    const [start, callback] = ['/auth/{provider}', '/auth/{provider}/callback'];
    expectDescribed('get', start, await browser.api('/auth/nobody'));
    expectDescribed('get', callback, await browser.api('/auth/nobody/callback'));
    expectDescribed('get', callback, await browser.api('/auth/google/callback'));

    latchkey.sandbox.failNext('twitter', 'request_token', 'error');
    expectDescribed('get', start, await browser.api('/auth/twitter'));
    latchkey.sandbox.failNext('twitter', 'request_token', 'timeout');
    expectDescribed('get', start, await browser.api('/auth/twitter'));
    for (const fault of ['token_error', 'token_timeout', 'id_token_missing']) {
      const answer = await browser.consent(await browser.start('google'), { person: 'ada', fault });
      const response = await browser.callback(answer, { Accept: 'application/json' });
      expectDescribed('get', callback, response);
    }
  });

  it('account_exists, with the provider to sign in with', async () => {
    await new Browser(latchkey).signIn('google', { name: 'Ada', email: 'shared@example.com' });
    const browser = new Browser(latchkey);
    const url = await browser.start('twitter');
    const answer = await browser.consent(url, { name: 'Ada', email: 'shared@example.com' });
    const response = await browser.callback(answer, { Accept: 'application/json' });
    expect(response.status).toBe(403);
    expect(JSON.parse(response.text)).toMatchObject({
      code: 'account_exists',
      signInWith: 'google',
    });
    expectDescribed('get', '/auth/{provider}/callback', response);
  });
});
