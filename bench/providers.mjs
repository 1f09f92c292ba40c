/**
 * The three providers for the benchmark, in one process: as strict as the real ones about what a client sends, and
 * without a page: whoever comes to authorise is let through at once, as one of PEOPLE in turn.
 */
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import OAuth from 'oauth-1.0a';

const { PORT, CLIENT_ID, CLIENT_SECRET } = process.env;
const origin = `http://127.0.0.1:${PORT}`;
const issuer = `${origin}/google`;

/** How many people there are at each provider. */
const PEOPLE = 1000;

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keys = JSON.stringify({
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }],
});
const metadata = JSON.stringify({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/certs`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});

/** What has been handed out and not been brought back: codes, access tokens, request tokens. */
const codes = new Map();
const accessTokens = new Map();
const requestTokens = new Map();
/** Nonces that have been used with an OAuth 1.0a signature. */
const usedNonces = new Set();

let turn = 0;

/** The only one that signs in; null for one after the other. */
let only = null;

function nextPerson() {
  turn = only ?? (turn + 1) % PEOPLE;
  return { id: String(10 ** 12 + turn), name: `Person ${turn}`, email: `person${turn}` };
}

const token = () => randomBytes(24).toString('base64url');

/** An answer that a client's mistake deserves. */
class Refused extends Error {}

function must(condition, message) {
  if (!condition) throw new Refused(message);
}

function take(map, key) {
  const value = map.get(key);
  must(value !== undefined, 'unknown, or used before');
  map.delete(key);
  return value;
}

/** OAuth 2.0's authorisation: checks the request, and sends the browser straight back with a code. */
function authorise(query, { pkce, nonce }) {
  const redirectUri = new URL(query.get('redirect_uri'));
  must(query.get('client_id') === CLIENT_ID, 'client_id');
  must(query.get('response_type') === 'code', 'response_type');
  must(query.get('scope')?.includes('email'), 'scope');
  must(query.get('state')?.length >= 16, 'state');
  const challenge = query.get('code_challenge');
  if (pkce) must(challenge && query.get('code_challenge_method') === 'S256', 'code_challenge');
  const code = token();
  codes.set(code, {
    person: nextPerson(),
    challenge,
    nonce: nonce ? query.get('nonce') : null,
    redirectUri: redirectUri.href,
  });
  redirectUri.searchParams.set('code', code);
  redirectUri.searchParams.set('state', query.get('state'));
  return { status: 302, headers: { location: redirectUri.href }, body: '' };
}

/** OAuth 2.0's token request (RFC 6749 §4.1.3), with PKCE where there was a challenge (RFC 7636 §4.6). */
function exchange(form) {
  must(form.get('grant_type') === 'authorization_code', 'grant_type');
  must(form.get('client_id') === CLIENT_ID, 'client_id');
  must(form.get('client_secret') === CLIENT_SECRET, 'client_secret');
  const grant = take(codes, form.get('code'));
  must(form.get('redirect_uri') === grant.redirectUri, 'redirect_uri');
  if (grant.challenge !== null) {
    const verifier = createHash('sha256').update(form.get('code_verifier') ?? '');
    must(verifier.digest('base64url') === grant.challenge, 'code_verifier');
  }
  const accessToken = token();
  accessTokens.set(accessToken, grant.person);
  return { accessToken, ...grant };
}

/** A part of a JWT (RFC 7515 §2). */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

function idToken({ id, name, email }, nonce) {
  const now = Math.floor(Date.now() / 1000);
  const head = `${part({ alg: 'RS256', kid: 'bench', typ: 'JWT' })}.${part({
    iss: issuer,
    azp: CLIENT_ID,
    aud: CLIENT_ID,
    sub: id,
    email: `${email}@example.com`,
    email_verified: true,
    name,
    picture: `https://lh3.googleusercontent.com/a/${id}=s96-c`,
    ...(nonce && { nonce }),
    iat: now,
    exp: now + 3600,
  })}`;
  return `${head}.${sign('sha256', Buffer.from(head), privateKey).toString('base64url')}`;
}

const signer = new OAuth({
  consumer: { key: CLIENT_ID, secret: CLIENT_SECRET },
  signature_method: 'HMAC-SHA1',
  hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
});

/** Checks an OAuth 1.0a request's signature (RFC 5849 §3.2). Returns its parameters. */
function signed(request, url, data, tokenSecretOf) {
  const header = /^OAuth (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const parameters = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
      name,
      decodeURIComponent(value),
    ]),
  );
  const { oauth_signature: signature, ...covered } = parameters;
  must(covered.oauth_consumer_key === CLIENT_ID, 'oauth_consumer_key');
  must(covered.oauth_nonce && !usedNonces.has(covered.oauth_nonce), 'oauth_nonce');
  usedNonces.add(covered.oauth_nonce);
  must(Math.abs(Date.now() / 1000 - Number(covered.oauth_timestamp)) < 300, 'oauth_timestamp');
  const tokenSecret = tokenSecretOf(covered.oauth_token);
  must(tokenSecret !== undefined, 'oauth_token');
  const asked = { url: url.href, method: request.method, data };
  must(signer.getSignature(asked, tokenSecret, covered) === signature, 'oauth_signature');
  return parameters;
}

const json = (value) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: typeof value === 'string' ? value : JSON.stringify(value),
});
const form = (fields) => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: new URLSearchParams(fields).toString(),
});

function bearer(request) {
  const accessToken = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return accessToken ?? null;
}

const routes = {
  'GET /google/.well-known/openid-configuration': () => json(metadata),
  'GET /google/certs': () => json(keys),
  'GET /google/authorize': ({ query }) => authorise(query, { pkce: true, nonce: true }),
  'POST /google/token': ({ body }) => {
    const { accessToken, person, nonce } = exchange(body);
    return json({
      access_token: accessToken,
      expires_in: 3599,
      scope: 'openid email profile',
      token_type: 'Bearer',
      id_token: idToken(person, nonce),
    });
  },
  'GET /google/userinfo': ({ request, query }) => {
    const { id, name, email } = take(accessTokens, bearer(request) ?? query.get('access_token'));
    return json({ sub: id, name, email: `${email}@example.com`, email_verified: true });
  },

  'POST /oauth/request_token': ({ request, url }) => {
    const { oauth_callback: callback } = signed(request, url, {}, () => '');
    must(URL.canParse(callback ?? ''), 'oauth_callback');
    const requestToken = token();
    const secret = token();
    requestTokens.set(requestToken, { secret, callback });
    return form({
      oauth_token: requestToken,
      oauth_token_secret: secret,
      oauth_callback_confirmed: 'true',
    });
  },
  'GET /oauth/authenticate': ({ query }) => {
    const pending = requestTokens.get(query.get('oauth_token'));
    must(pending !== undefined, 'oauth_token');
    pending.verifier = token();
    pending.person = nextPerson();
    const callback = new URL(pending.callback);
    callback.searchParams.set('oauth_token', query.get('oauth_token'));
    callback.searchParams.set('oauth_verifier', pending.verifier);
    return { status: 302, headers: { location: callback.href }, body: '' };
  },
  'POST /oauth/access_token': ({ request, url, body }) => {
    const fields = Object.fromEntries(body);
    const parameters = signed(request, url, fields, (one) => requestTokens.get(one)?.secret);
    const { verifier, person } = take(requestTokens, parameters.oauth_token);
    const given = parameters.oauth_verifier ?? body.get('oauth_verifier');
    must(verifier !== undefined && given === verifier, 'oauth_verifier');
    const accessToken = `${person.id}-${token()}`;
    const secret = token();
    accessTokens.set(accessToken, { ...person, secret });
    return form({
      oauth_token: accessToken,
      oauth_token_secret: secret,
      user_id: person.id,
      screen_name: `person${person.id}`,
    });
  },
  'GET /1.1/account/verify_credentials.json': ({ request, url }) => {
    const { oauth_token: accessToken } = signed(
      request,
      url,
      {},
      (one) => accessTokens.get(one)?.secret,
    );
    const { id, name, email } = take(accessTokens, accessToken);
    return json({
      id: Number(id),
      id_str: id,
      name,
      screen_name: `person${id}`,
      default_profile_image: false,
      profile_image_url_https: `https://pbs.twimg.com/profile_images/${id}/x_normal.jpg`,
      email: `${email}@x.example`,
    });
  },

  'GET /v26.0/dialog/oauth': ({ query }) => authorise(query, { pkce: false, nonce: false }),
  'POST /v26.0/oauth/access_token': ({ body }) => {
    const { accessToken } = exchange(body);
    return json({ access_token: accessToken, token_type: 'bearer', expires_in: 5183944 });
  },
  'GET /v26.0/me': ({ request, query }) => {
    const accessToken = bearer(request) ?? query.get('access_token');
    const proof = createHmac('sha256', CLIENT_SECRET)
      .update(accessToken ?? '')
      .digest('hex');
    must(query.get('appsecret_proof') === proof, 'appsecret_proof');
    const { id, name, email } = take(accessTokens, accessToken);
    return json({
      id,
      name,
      email: `${email}@facebook.example`,
      picture: {
        data: { url: `https://platform-lookaside.fbsbx.com/${id}`, is_silhouette: false },
      },
    });
  },
};

async function read(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return new URLSearchParams(text);
}

/** Delays every answer by this much, in milliseconds: the bench sets it to let calls hang. */
let delayMs = 0;

const server = createServer((request, response) => {
  const url = new URL(request.url, origin);
  const person = /^PUT \/person\/(\d+|next)$/.exec(`${request.method} ${url.pathname}`);
  if (person !== null) {
    only = person[1] === 'next' ? null : Number(person[1]);
    response.end();
    return;
  }
  const delay = /^PUT \/delay\/(\d+)$/.exec(`${request.method} ${url.pathname}`);
  if (delay !== null) {
    delayMs = Number(delay[1]);
    response.end();
    return;
  }
  void answer(request, url).then(({ status, headers, body }) => {
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    return response.end(body);
  });
});

async function answer(request, url) {
  const isBackChannel = !/authorize|authenticate|dialog/.test(url.pathname);
  if (isBackChannel && delayMs > 0) await wait(delayMs);
  try {
    const route = routes[`${request.method} ${url.pathname}`];
    must(route !== undefined, 'no such endpoint');
    return route({ request, url, query: url.searchParams, body: await read(request) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    process.stderr.write(`Refused ${request.method} ${url.pathname}: ${error.message}\n`);
    return { status: 400, headers: {}, body: JSON.stringify({ error: 'invalid_request' }) };
  }
}

server.keepAliveTimeout = 120_000;
server.listen(Number(PORT), '127.0.0.1');
