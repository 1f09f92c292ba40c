import { afterEach, describe, expect, it } from '@jest/globals';
import { sessionAnswer, signedIn } from '../support/accounts.js';
import { Browser, type Consent, locationOf, paramsOf } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

/* With the sandbox on the front ends of this machine need no setting; without it nothing is as if it were. */

const FRONT_END = 'http://localhost:5173';
const limits = { RATE_LIMIT_PER_MINUTE: undefined, SIGN_IN_RATE_LIMIT_PER_MINUTE: undefined };

let latchkey: Latchkey;

afterEach(() => latchkey.close());

const scriptOf = (origin: string) => ({ Origin: origin, 'Sec-Fetch-Site': 'same-site' });

/** How the service treats a front end's pages: their scripts, their forms, and where they want to be returned to. */
async function treatmentOf(origin: string): Promise<Record<string, unknown>> {
  const browser = await signedIn(latchkey);
  const asked = await browser.api('/auth/session', scriptOf(origin));
  const returned = await browser.signIn('google', undefined, { returnTo: `${origin}/inbox` });
  const denied: Consent = { decision: 'deny' };
  const failed = await browser.signIn('google', denied, { errorTo: `${origin}/oh` });
  const started = await browser.api('/auth/google', {
    ...scriptOf(origin),
    'Sec-Fetch-Mode': 'cors',
  });
  const signedOut = await browser.apiSend('post', '/auth/logout', scriptOf(origin));
  return {
    cors: asked.headers['access-control-allow-origin'],
    credentials: asked.headers['access-control-allow-credentials'],
    returnTo: locationOf(returned),
    errorTo: locationOf(failed).startsWith(`${origin}/oh?error=access_denied&`),
    start: started.status,
    signOut: signedOut.status,
    signedIn: (await sessionAnswer(browser)).user !== null,
  };
}

const front = (origin: string) => ({
  cors: origin,
  credentials: 'true',
  returnTo: `${origin}/inbox`,
  errorTo: true,
  start: 200,
  signOut: 204,
  signedIn: false,
});

const stranger = {
  cors: undefined,
  credentials: undefined,
  returnTo: '/account',
  errorTo: false,
  start: 400,
  signOut: 403,
  signedIn: true,
};

describe('a front end', () => {
  it('of this machine is allowed while the sandbox is on, and no other', async () => {
    latchkey = await startLatchkey({ SANDBOX: 'on' });
    for (const origin of [FRONT_END, 'https://localhost:5173', 'http://app.acme.localhost:8080']) {
      expect(await treatmentOf(origin)).toEqual(front(origin));
    }
    for (const origin of [
      'https://evil.test',
      'http://localhost.evil.test',
      'http://127.0.0.1.evil.test',
      'http://192.168.1.5:5173',
    ]) {
      expect(await treatmentOf(origin)).toEqual(stranger);
    }
  });

  it('of this machine may be named as one that asks for tokens', async () => {
    const api = 'https://api.test';
    latchkey = await startLatchkey({ SANDBOX: 'on', TOKEN_AUDIENCES: `${api} < ${FRONT_END}` });
    const browser = await signedIn(latchkey);
    const ask = async (origin: string) =>
      (await browser.apiSend('post', '/auth/token', scriptOf(origin))).status;
    expect(await ask(FRONT_END)).toBe(200);
    expect(await ask('http://localhost:5174')).toBe(400);
  });

  it('of this machine is a stranger without the sandbox, as ever', async () => {
    latchkey = await startLatchkey();
    expect(await treatmentOf(FRONT_END)).toEqual(stranger);
  });
});

/** How many starts of a visitor are let through, and then how many requests of any kind. */
async function passed(starts: number, requests: number): Promise<number[]> {
  const browser = new Browser(latchkey);
  const counts = [0, 0];
  for (let at = 0; at < starts; at += 1) {
    if ((await browser.get('/auth/google')).status === 302) counts[0] = (counts[0] ?? 0) + 1;
  }
  for (let at = 0; at < requests; at += 1) {
    const { status } = await new Browser(latchkey).api('/auth/providers');
    if (status === 200) counts[1] = (counts[1] ?? 0) + 1;
  }
  return counts;
}

describe('the limits', () => {
  it('let a script sign in again and again while the sandbox is on', async () => {
    latchkey = await startLatchkey({ SANDBOX: 'on', ...limits });
    expect(await passed(210, 0)).toEqual([200, 0]);
  }, 30_000);

  it('are as ever without it', async () => {
    latchkey = await startLatchkey(limits);
    expect(await passed(25, 100)).toEqual([20, 75]);
  }, 30_000);
});

it('ready-made people sign in with one provider after the other, each a user of their own', async () => {
  latchkey = await startLatchkey();
  const users = new Set<string>();
  for (const provider of ['google', 'twitter', 'facebook'] as const) {
    for (const person of ['ada', 'grace', 'alan', 'katherine', 'margaret']) {
      const browser = await signedIn(latchkey, provider, { person });
      users.add((await sessionAnswer(browser)).user?.id ?? '');
    }
  }
  expect(users.size).toBe(15);
  const taken = await new Browser(latchkey).signIn('twitter', { person: 'ada-again' });
  expect(paramsOf(taken)).toMatchObject({ error: 'account_exists', signInWith: 'google' });
});
