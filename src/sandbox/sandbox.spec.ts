import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, type SandboxFault, startSandbox } from './sandbox.js';
import { clients, consent, startForSpec, withQuery } from './spec-support.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startForSpec();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const authorizeUrl = (more: Record<string, string> = {}): string =>
  withQuery(`${sandbox.settings.GOOGLE_ISSUER}/o/oauth2/v2/auth`, {
    response_type: 'code',
    client_id: clients.google.clientId,
    redirect_uri: clients.google.redirectUri,
    scope: 'openid',
    ...more,
  });

const discover = (init: RequestInit = {}): Promise<Response> =>
  fetch(`${sandbox.settings.GOOGLE_ISSUER}/.well-known/openid-configuration`, init);

const control = (path: string, body: object): Promise<Response> =>
  fetch(`${sandbox.url}/sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const post = (path: string, fields: Record<string, string>): Promise<Response> =>
  fetch(sandbox.url + path, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  });

describe('the consent page', () => {
  it('escapes its input, runs no script and may not be framed', async () => {
    const answer = await fetch(authorizeUrl({ login_hint: '"><script>@' }));
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('This is not Google.');
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;@"');
    expect(page).not.toContain('<script');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('form-action');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('escapes on the error page', async () => {
    const answer = await fetch(authorizeUrl({ redirect_uri: '<img src=x>' }));
    expect(await answer.text()).toContain('&lt;img src=x&gt;');
  });

  it('works as a form, once; a slip does not use it up', async () => {
    const page = await (await fetch(authorizeUrl())).text();
    const request = /name="request" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const slip = await post('/google/consent', {
      request,
      decision: 'allow',
      person: '',
      subject: 'a <b>',
    });
    expect(slip.status).toBe(400);
    expect(await slip.text()).toContain('value="a &lt;b&gt;"');
    const elsewhere = await post('/facebook/consent', { request, decision: 'deny' });
    expect(elsewhere.status).toBe(400);
    const answered = await post('/google/consent', { request, decision: 'allow', person: 'ada' });
    expect(answered.status).toBe(303);
    const again = await post('/google/consent', { request, decision: 'allow', person: 'ada' });
    expect(again.status).toBe(400);
  });

  it.each([{ login_hint: 'alan@example.com' }, { login_hint: 'ALAN_TURING' }])(
    'starts with the person of the hint',
    async (hint) => {
      const page = await (await fetch(authorizeUrl(hint))).text();
      expect(page).toContain('value="alan" checked');
    },
  );

  it('answers scripts with the problems', async () => {
    await expect(consent(authorizeUrl(), { person: 'nobody' })).rejects.toThrow(/no such person/);
    await expect(consent(authorizeUrl(), { fault: 'profile_refused' })).rejects.toThrow(/400/);
  });
});

describe('armed faults', () => {
  it.each<[SandboxFault, number, string]>([
    ['error', 500, 'INTERNAL'],
    ['refused', 403, 'PERMISSION_DENIED'],
    ['rate_limited', 429, 'RESOURCE_EXHAUSTED'],
    ['5xx', 503, '503'],
    ['malformed', 200, 'access_token='],
  ])('%s, once', async (fault, status, text) => {
    sandbox.failNext('google', 'discovery', fault);
    const answer = await discover();
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
    expect((await discover()).status).toBe(200);
  });

  it('redirect leads to a believable answer', async () => {
    sandbox.failNext('google', 'discovery', 'redirect');
    expect((await discover({ redirect: 'manual' })).headers.get('location')).toBe(
      '/google/elsewhere',
    );
  });

  it.each<[SandboxFault, number]>([
    ['huge', 1024 * 1024],
    ['gzip_bomb', 7 * 1024 * 1024],
  ])('%s is more than anybody should read', async (fault, size) => {
    sandbox.failNext('google', 'jwks', fault);
    const answer = await fetch(`${sandbox.settings.GOOGLE_ISSUER}/oauth2/v3/certs`);
    expect((await answer.text()).length).toBeGreaterThan(size);
  });

  it('timeout and slow outlast a client, unavailable hangs up', async () => {
    for (const fault of ['timeout', 'slow'] as const) {
      sandbox.failNext('google', 'discovery', fault);
      const patient = discover({ signal: AbortSignal.timeout(300) }).then((to) => to.text());
      await expect(patient).rejects.toThrow(/timeout/);
    }
    sandbox.failNext('google', 'discovery', 'unavailable');
    await expect(discover()).rejects.toThrow('fetch failed');
  });

  it('are refused where they could never happen', () => {
    expect(() => sandbox.failNext('google', 'token', 'callback_unconfirmed')).toThrow(RangeError);
    expect(() => sandbox.failNext('twitter', 'token', 'id_token_expired')).toThrow(RangeError);
    expect(() => sandbox.failNext('facebook', 'request_token', 'error')).toThrow(RangeError);
    expect(() => sandbox.failNext('google', 'profile', 'subject_object')).toThrow(RangeError);
  });
});

describe('the control routes', () => {
  it('arm faults, list requests and reset', async () => {
    const fault = { provider: 'twitter', step: 'access_token', fault: 'refused', times: 2 };
    expect((await control('fail-next', fault)).status).toBe(204);
    for (const status of [403, 403, 400]) {
      expect((await post('/x/oauth/access_token', {})).status).toBe(status);
    }
    await post('/google/token', { client_secret: clients.google.clientSecret, grant_type: 'x' });
    expect(sandbox.requests.at(-1)).toMatchObject({
      provider: 'google',
      path: '/google/token',
      form: { client_secret: clients.google.clientSecret },
      status: 400,
    });
    const shown = await (await fetch(`${sandbox.url}/sandbox/requests`)).text();
    expect(shown).toContain('/x/oauth/access_token');
    expect(shown).not.toContain(clients.google.clientSecret);
    expect((await control('reset', {})).status).toBe(204);
    expect(sandbox.requests).toHaveLength(0);
    expect((await control('google/rotate-key', {})).status).toBe(204);
  });

  it('refuse nonsense, and pages of other sites', async () => {
    expect((await control('fail-next', { provider: 'google' })).status).toBe(400);
    const impossible = { provider: 'google', step: 'request_token', fault: 'error' };
    expect((await control('fail-next', impossible)).status).toBe(400);
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await fetch(`${sandbox.url}/sandbox/requests`, { headers })).status).toBe(403);
  });
});

describe('the server', () => {
  it('shows the settings on its home page, without secrets', async () => {
    const page = await (await fetch(sandbox.url)).text();
    expect(page).toContain(`GOOGLE_ISSUER=${sandbox.settings.GOOGLE_ISSUER}`);
    expect(page).not.toContain(clients.facebook.clientSecret);
    expect((await fetch(`${sandbox.url}/sandbox/style.css`)).status).toBe(200);
    expect((await fetch(`${sandbox.url}/nowhere`)).status).toBe(404);
  });

  it('limits bodies and survives broken ones', async () => {
    const big = await post('/google/token', { code: 'x'.repeat(40_000) });
    expect(big.status).toBe(413);
    const headers = { 'content-type': 'application/json' };
    const broken = { method: 'POST', headers, body: '{' };
    expect((await fetch(`${sandbox.url}/google/consent`, broken)).status).toBe(400);
  });

  it('closes while an answer hangs', async () => {
    const other = await startSandbox({ host: '127.0.0.1', port: 0, clients });
    other.failNext('google', 'discovery', 'timeout');
    const hanging = fetch(`${other.settings.GOOGLE_ISSUER}/.well-known/openid-configuration`);
    const outcome = hanging.then(
      () => 'answered',
      () => 'cut off',
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    await other.close();
    expect(await outcome).toBe('cut off');
  });
});
