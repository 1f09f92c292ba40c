/** What an application does that is on another site: it signs people in by a one-time code, and has a session of its own. */
import { createHash, randomBytes } from 'node:crypto';
import { Browser, http, redirectOf } from './client.mjs';

const SITE = 'https://app.other.example';
export const TARGET = `${SITE}/callback`;

function begin() {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const fields = {
    returnTo: TARGET,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: randomBytes(8).toString('base64url'),
  };
  return { verifier, fields };
}

/**
 * Signs somebody in at the application: start, callback, exchange.
 *
 * @returns {Promise<string>} the token of the application's session
 */
export async function signInAtApplication(base) {
  const { verifier, fields } = begin();
  const browser = new Browser();
  const start = await browser.post(`${base}/auth/google`, fields, SITE);
  const callback = await throughProvider(browser, start);
  const body = { code: codeIn(callback), codeVerifier: verifier, target: TARGET };
  const { sessionToken } = await sendJson(`${base}/auth/session/exchange`, body, 200);
  return sessionToken;
}

/** Steps its session up: what it asks for, start, callback, the question and its answer, what it hands in. */
export async function stepUpAtApplication(base, token) {
  const { verifier, fields } = begin();
  const { url } = await sendJson(`${base}/auth/google/reauthenticate`, fields, 200, token);
  const browser = new Browser();
  const callback = await throughProvider(browser, await browser.get(url));
  const page = await browser.get(new URL(redirectOf(callback, 'callback'), base));
  const [, handover] = /name="handover" value="([^"]+)"/.exec(page.body) ?? [];
  const confirmed = await browser.post(
    `${base}/auth/handover/confirm`,
    { handover, decision: 'yes' },
    base,
  );
  const body = { code: codeIn(confirmed), codeVerifier: verifier };
  await sendJson(`${base}/auth/session/complete`, body, 204, token);
}

async function throughProvider(browser, start) {
  const allowed = await http(redirectOf(start, 'start'));
  return browser.get(redirectOf(allowed, 'provider'));
}

function codeIn(answer) {
  return new URL(redirectOf(answer, 'hand-over')).searchParams.get('code');
}

async function sendJson(url, body, expected, token) {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await http(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.status !== expected) throw new Error(`${url}: ${answer.status} ${answer.body}`);
  return answer.body === '' ? null : JSON.parse(answer.body);
}
