import { cookieNames, http, signIn } from './client.mjs';
import { signInAtApplication, stepUpAtApplication } from './handover.mjs';

/**
 * What is measured. `prepare` makes, for one server, the operation that is repeated; `person` is who signs in by it, where it
 * has to be the same one each time.
 */
export const operations = [
  ...['google', 'twitter', 'facebook'].map((provider) => ({
    title: `sign-in with ${provider}: start, callback, landing`,
    prepare:
      async ({ base }) =>
      async () =>
        void (await signIn(base, provider)),
  })),
  {
    title: 'GET /users/me, signed in',
    prepare: async ({ base }) => {
      const { browser } = await signIn(base, 'google');
      const headers = { cookie: browser.cookieHeader };
      return () => answered(`${base}/users/me`, 200, headers);
    },
  },
  {
    // By hand there is no such thing: what a proxy would ask there is whose session it is.
    title: 'GET /auth/verify, against GET /users/me by hand',
    prepare: async ({ name, base }) => {
      const { browser } = await signIn(base, 'google');
      const headers = { cookie: browser.cookieHeader };
      const path = name === 'peer' ? '/users/me' : '/auth/verify';
      return () => answered(base + path, 200, headers);
    },
  },
  {
    title: 'POST /auth/introspect, against GET /users/me by hand',
    prepare: async ({ name, base, serviceKey }) => {
      const { browser } = await signIn(base, 'google');
      const cookie = browser.cookieHeader;
      if (name === 'peer') return () => answered(`${base}/users/me`, 200, { cookie });
      const headers = { 'content-type': 'application/json', 'x-latchkey-service-key': serviceKey };
      const body = JSON.stringify({ cookie });
      return () => answered(`${base}/auth/introspect`, 200, headers, { body });
    },
  },
  {
    title: 'GET /users/me, signed out',
    prepare:
      async ({ base }) =>
      () =>
        answered(`${base}/users/me`, 401),
  },
  {
    title: 'POST /auth/token: a JWT',
    prepare: async ({ base }) => {
      const { browser } = await signIn(base, 'google');
      const headers = { cookie: browser.cookieHeader };
      return () => answered(`${base}/auth/token`, 200, headers, { method: 'POST' });
    },
  },
  {
    title: 'GET /.well-known/jwks.json, against GET /users/me by hand, signed out',
    prepare:
      async ({ name, base }) =>
      () =>
        name === 'peer'
          ? answered(`${base}/users/me`, 401)
          : answered(`${base}/.well-known/jwks.json`, 200),
  },
  {
    // By hand there are no applications elsewhere: the nearest thing is a sign-in.
    title: 'hand-over: start, callback, exchange, against a sign-in by hand',
    prepare:
      async ({ name, base }) =>
      async () =>
        void (await (name === 'peer' ? signIn(base, 'google') : signInAtApplication(base))),
  },
  {
    title:
      'step-up by an application: start, callback, question, complete, against a sign-in by hand',
    person: '7',
    prepare: async ({ name, base }) => {
      if (name === 'peer') return async () => void (await signIn(base, 'google'));
      const token = await signInAtApplication(base);
      return () => stepUpAtApplication(base, token);
    },
  },
  {
    title: 'start of a sign-in',
    prepare:
      async ({ base }) =>
      () =>
        answered(`${base}/auth/google`, 302),
  },
  {
    title: 'start of a sign-in, with 50 forged attempts',
    prepare: async ({ base }) => {
      const { attempt } = cookieNames(base);
      const forged = Array.from({ length: 50 }, (_, number) => {
        const hash = String(number).padStart(22, 'x');
        return `${attempt}${hash}-${(Date.now() + number).toString(36)}=${'A'.repeat(200)}`;
      });
      const headers = { cookie: forged.join('; ') };
      return () => answered(`${base}/auth/google`, 302, headers);
    },
  },
];

async function answered(
  url,
  status,
  headers = {},
  { body, method = body === undefined ? 'GET' : 'POST' } = {},
) {
  const answer = await http(url, { headers, body, method });
  if (answer.status !== status) throw new Error(`${url}: ${answer.status} ${answer.body}`);
}
