import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Latchkey } from '../support/latchkey.js';
import { startWithSiblings, visitor, withKey } from '../support/servers.js';

/** What one server renders in twelve seconds, at 200 pages a second: more than any limit of an address has. */
const PAGES = 2400;
const AT_A_TIME = 32;

let latchkey: Latchkey;
let agent: Agent;
let cookies: string[];

beforeAll(async () => {
  // The limits as they are unless somebody sets them.
  latchkey = await startWithSiblings({
    RATE_LIMIT_PER_MINUTE: undefined,
    SIGN_IN_RATE_LIMIT_PER_MINUTE: undefined,
  });
  agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  cookies = [];
  for (let person = 0; person < 5; person += 1) cookies.push((await visitor(latchkey)).domain);
}, 60_000);

afterAll(async () => {
  agent.destroy();
  await latchkey.close();
});

interface Asked {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body?: string;
}

function statusOf({ method, path, headers, body }: Asked): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(latchkey.url + path, { method, headers, agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Renders pages, each by one question, and counts the answers by status. */
async function render(
  pages: number,
  ask: (page: number) => Asked,
): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < pages) {
      next += 1;
      const status = await statusOf(ask(next));
      counts[status] = (counts[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return counts;
}

const cookieOf = (page: number) => cookies[page % cookies.length] ?? '';

const introspection = (page: number, headers: Record<string, string>): Asked => ({
  method: 'POST',
  path: '/auth/introspect',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify({ cookie: cookieOf(page) }),
});

describe('200 rendered pages a second, from one address', () => {
  it('are none of them throttled, by introspection', async () => {
    const counts = await render(PAGES, (page) => introspection(page, withKey()));
    expect(counts).toEqual({ 200: PAGES });
  }, 120_000);

  it('nor by GET /auth/session, where the server names whom it renders for', async () => {
    const counts = await render(PAGES, (page) => ({
      method: 'GET',
      path: '/auth/session',
      headers: {
        ...withKey(),
        Cookie: cookieOf(page),
        'X-Latchkey-Client-Address': `203.0.113.${page % 250}`,
      },
    }));
    expect(counts).toEqual({ 200: PAGES });
  }, 120_000);

  it('are throttled without a key', async () => {
    const counts = await render(130, (page) => ({
      method: 'GET',
      path: '/auth/session',
      headers: { Cookie: cookieOf(page) },
    }));
    expect(counts[429]).toBeGreaterThan(20);
  });
});
