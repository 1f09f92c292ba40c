import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { backChannel } from '../support/back-channel.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;

beforeAll(async () => {
  latchkey = await startLatchkey();
});

afterAll(() => latchkey.close());

/** What was asked of the providers behind the browser's back while one person signed in with each of them. */
async function askedWhileSigningIn() {
  latchkey.sandbox.reset();
  await new Browser(latchkey).signIn('google');
  await new Browser(latchkey).signIn('twitter', { person: 'grace' });
  await new Browser(latchkey).signIn('facebook');
  return backChannel(latchkey.sandbox);
}

describe('requests to providers', () => {
  it('are the necessary ones, once each', async () => {
    await new Browser(latchkey).signIn('google');
    const asked = await askedWhileSigningIn();
    expect(asked.map(({ method, path, status }) => [method, path, status])).toEqual([
      ['POST', '/google/token', 200],
      ['POST', '/x/oauth/request_token', 200],
      ['POST', '/x/oauth/access_token', 200],
      ['GET', '/x/1.1/account/verify_credentials.json', 200],
      ['POST', '/graph/v26.0/oauth/access_token', 200],
      ['GET', '/graph/v26.0/me', 200],
    ]);
  });

  it('carry a proof of the app secret to Graph', async () => {
    const asked = await askedWhileSigningIn();
    const me = asked.find(({ path }) => path.endsWith('/me'));
    const token = /^Bearer (\S+)$/.exec(me?.headers['authorization'] ?? '')?.[1] ?? '';
    const proof = createHmac('sha256', 'facebook-secret').update(token).digest('hex');
    expect(token.length).toBeGreaterThan(20);
    const fields = 'id,name,email,picture.width(256).height(256)';
    expect(me?.query).toEqual({ fields, appsecret_proof: proof });
  });

  it('have no secret, code or token in a URL', async () => {
    const asked = await askedWhileSigningIn();
    const secrets = asked.flatMap(({ headers, form }) => [
      form['code'],
      form['client_secret'],
      form['code_verifier'],
      /oauth_token="([^"]+)"/.exec(headers['authorization'] ?? '')?.[1],
      /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1],
    ]);
    const known = secrets.filter((secret) => secret !== undefined);
    expect(known.length).toBeGreaterThanOrEqual(9);
    const urls = asked.map(({ path, query }) => path + JSON.stringify(query)).join('\n');
    expect(known.filter((secret) => urls.includes(secret))).toEqual([]);
    expect(urls).not.toMatch(/access_token"|client_secret|oauth_token/);
  });
});
