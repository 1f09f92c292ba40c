/** The bench's browser: keep-alive HTTP, a cookie jar a person, and redirects that are followed by hand. */
import { createHash } from 'node:crypto';
import { Agent, request as send } from 'node:http';

export const agent = new Agent({ keepAlive: true, maxSockets: 256, maxFreeSockets: 256 });

/**
 * Sends one request.
 *
 * @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: string }>}
 */
export function http(url, { method = 'GET', headers = {}, body: sent } = {}) {
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers, agent }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body });
      });
      response.on('error', reject);
    });
    request.on('error', (error) => {
      // The server has closed an idle connection just now: what is safe to repeat goes over another one (RFC 9112 §9.3.1).
      const isStale = request.reusedSocket && error.code === 'ECONNRESET' && method === 'GET';
      if (isStale) resolve(http(url, { method, headers }));
      else reject(error);
    });
    request.end(sent);
  });
}

/** The names of the cookies of a service at an address with a port. */
export function cookieNames(base) {
  const session = `latchkey-${createHash('sha256').update(base).digest('hex').slice(0, 8)}`;
  return { session, attempt: `${session}-attempt-` };
}

/** A browser without a memory but for its cookies. */
export class Browser {
  cookies = new Map();

  /** Requests a URL with the cookies, and keeps those of the answer. */
  async get(url) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await http(url, { headers: { accept: 'text/html', ...(cookie && { cookie }) } });
    for (const line of answer.headers['set-cookie'] ?? []) this.keep(line);
    return answer;
  }

  /** Sends a form, as a page of an origin does. */
  async post(url, fields, origin) {
    const headers = {
      accept: 'text/html',
      'content-type': 'application/x-www-form-urlencoded',
      origin,
      cookie: this.cookieHeader,
    };
    const body = new URLSearchParams(fields).toString();
    const answer = await http(url, { body, headers, method: 'POST' });
    for (const line of answer.headers['set-cookie'] ?? []) this.keep(line);
    return answer;
  }

  keep(line) {
    const [pair, ...attributes] = line.split(';');
    const [, name, value] = /^([^=]+)=(.*)$/.exec(pair);
    const isGone = attributes.some((one) => /^\s*expires=Thu, 01 Jan 1970/i.test(one));
    if (isGone || value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  get cookieHeader() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/**
 * Signs somebody in, as a browser does: start, provider, callback, landing.
 *
 * @returns {Promise<{ browser: Browser, ownMs: number }>} who is signed in now, and how long the service itself took
 * @throws Error unless somebody is
 */
export async function signIn(base, provider) {
  const browser = new Browser();
  let ownMs = 0;
  const own = async (url) => {
    const began = performance.now();
    const answer = await browser.get(url);
    ownMs += performance.now() - began;
    return answer;
  };
  const start = await own(`${base}/auth/${provider}`);
  const allowed = await http(redirectOf(start, 'start'));
  const callback = await own(redirectOf(allowed, 'provider'));
  const landing = await own(new URL(redirectOf(callback, 'callback'), base));
  if (landing.status !== 200 || !landing.body.includes('"Person ')) {
    throw new Error(`${provider}: nobody is signed in: ${landing.status} ${landing.body}`);
  }
  return { browser, ownMs };
}

/** Where an answer leads. Throws Error where it leads nowhere. */
export function redirectOf({ status, headers, body }, step) {
  if (![302, 303].includes(status) || headers.location === undefined) {
    throw new Error(`${step} answered ${status}: ${body}`);
  }
  return headers.location;
}

/**
 * Does something over and over for a time, some at a time.
 *
 * @param {() => Promise<number | void>} work may return how long it took by its own count, in milliseconds
 * @returns {Promise<{ count: number, seconds: number, p50: number, p99: number, errors: number, firstError: unknown }>}
 */
export async function drive(work, { seconds, atATime }) {
  const times = [];
  let errors = 0;
  let firstError;
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (performance.now() < until) {
        const since = performance.now();
        try {
          const own = await work();
          times.push(own ?? performance.now() - since);
        } catch (error) {
          errors += 1;
          firstError ??= error;
        }
      }
    }),
  );
  const took = (performance.now() - began) / 1000;
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { count: times.length, seconds: took, p50: at(0.5), p99: at(0.99), errors, firstError };
}
