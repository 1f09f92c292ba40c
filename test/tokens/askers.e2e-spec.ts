import { describe, expect, it } from '@jest/globals';
import { accountSuite } from '../support/account-suite.js';
import { somebody } from '../support/accounts.js';
import { APP, bearerOf, HANDOVER_TARGETS, SITE, TARGET } from '../support/handover.js';
import { problemOf, raw } from '../support/raw.js';
import { verified } from '../support/tokens.js';
import { visitor } from '../support/servers.js';

/* Who asks for tokens besides a page: an application, a server, and a proxy. */

const API = 'https://api.test';
const BILLING = 'https://billing.test';
const MAIL = 'https://mail.test';
const FRONT_END = 'https://front.test';
const KEY = 'bWFueSByYW5kb20gY2hhcmFjdGVycyBhcmUgaGVyZQ';

const latchkey = accountSuite({
  HANDOVER_TARGETS,
  ALLOWED_ORIGINS: FRONT_END,
  TOKEN_AUDIENCES: `${API}, ${BILLING} < ${FRONT_END}, ${MAIL} < ${SITE}`,
  SERVICE_KEYS: `web:${KEY}`,
});

const withKey = { 'X-Latchkey-Service-Key': KEY };

const post = (audience: string, headers: Record<string, string>) =>
  raw(`${latchkey.url}/auth/token`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify({ audience }),
  });

const tokenIn = ({ text }: { text: string }) =>
  (JSON.parse(text) as { accessToken: string }).accessToken;

const asks = (sessionToken: string, audience: string) =>
  post(audience, { Authorization: `Bearer ${sessionToken}` });

const verify = (Cookie: string, query: string, headers: Record<string, string> = {}) =>
  raw(`${latchkey.url}/auth/verify${query}`, { headers: { Cookie, ...headers } });

describe('an application', () => {
  it.each([[TARGET], [APP]])('gets a token that says where it is (%s)', async (target) => {
    const bearer = await bearerOf(latchkey, somebody(), target);
    const claims = await verified(latchkey, tokenIn(await asks(bearer.sessionToken, API)), API);
    expect(claims).toMatchObject({ sub: bearer.user.id, client_id: target });
    // Its session is young, and nobody was asked for it.
    expect(claims['acr']).toBeUndefined();
  });

  it('gets one only for services that let its origin ask', async () => {
    const site = await bearerOf(latchkey);
    expect((await asks(site.sessionToken, MAIL)).status).toBe(200);
    expect(problemOf(await asks(site.sessionToken, BILLING))).toEqual([400, 'bad_request']);
    const app = await bearerOf(latchkey, somebody(), APP);
    expect(problemOf(await asks(app.sessionToken, MAIL))).toEqual([400, 'bad_request']);
  });

  it('gets none by a token that is worth nothing', async () => {
    expect(problemOf(await asks('lks_nothing', API))).toEqual([401, 'unauthenticated']);
  });
});

describe('a server with a service key', () => {
  it('gets a token for any service, in its own name', async () => {
    const { full } = await visitor(latchkey);
    const token = tokenIn(await post(BILLING, { ...withKey, Cookie: full }));
    expect((await verified(latchkey, token, BILLING))['client_id']).toBe('web');
  });
});

describe('a proxy', () => {
  it('gets a token to pass on', async () => {
    const { full } = await visitor(latchkey);
    const answer = await verify(full, `?token=${BILLING}`, withKey);
    expect(answer.status).toBe(200);
    const token = String(answer.headers['x-latchkey-token']);
    expect(await verified(latchkey, token, BILLING)).toMatchObject({
      sub: answer.headers['x-latchkey-user'],
      client_id: 'web',
    });
    expect((await verify(full, '', withKey)).headers['x-latchkey-token']).toBeUndefined();
  });

  it.each([
    ['without a service key', `?token=${API}`, {}],
    ['for no service of TOKEN_AUDIENCES', '?token=https://other.test', withKey],
  ])('%s is refused, and passes nobody', async (_name, query, headers) => {
    const { full } = await visitor(latchkey);
    expect(problemOf(await verify(full, query, headers))).toEqual([400, 'bad_request']);
  });
});
