/**
 * Measures the built service with the sandbox providers beside it, on this machine: what a request costs, and how many
 * whole sign-ins a second it does. The service, the sandbox and the load share the cores, so the figures are a floor.
 *
 *     npm run build && npm run bench
 *
 * BENCH_DATABASE_URL names an empty PostgreSQL database to take instead of the embedded one; limits and prepared
 * statements can be set as for the service.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import autocannon from 'autocannon';

const PORT = 3900;
const SANDBOX_PORT = 4900;
const SECONDS = Number(process.argv[2] ?? 5);
const base = `http://localhost:${PORT}`;

const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
const started = performance.now();
const service = spawn(process.execPath, ['dist/main.js'], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: {
    PATH: process.env['PATH'],
    PORT: String(PORT),
    SANDBOX_PORT: String(SANDBOX_PORT),
    DATABASE_URL: process.env['BENCH_DATABASE_URL'] ?? `file:${join(folder, 'bench.db')}`,
    DATABASE_PREPARED_STATEMENTS: process.env['DATABASE_PREPARED_STATEMENTS'] ?? '',
    RATE_LIMIT_PER_MINUTE: process.env['RATE_LIMIT_PER_MINUTE'] ?? '0',
    SIGN_IN_RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'warn',
  },
});

/** Signs one new person in, start to callback. Returns the session cookie. */
async function signIn(provider, number) {
  const start = await fetch(`${base}/auth/${provider}`, { redirect: 'manual' });
  const attempt = start.headers.getSetCookie()[0].split(';', 1)[0];
  const authorizeUrl = start.headers.get('location');
  const asked = await fetch(authorizeUrl, { headers: { Accept: 'application/json' } });
  const { request, action } = await asked.json();
  const allowed = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      request,
      decision: 'allow',
      subject: String(10 ** 12 + number),
      name: `Person ${number}`,
      username: `person${number}`,
    }),
  });
  const answer = await fetch(allowed.headers.get('location'), {
    redirect: 'manual',
    headers: { Cookie: attempt },
  });
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('latchkey='));
  if (cookie === undefined) throw new Error(`No session: ${answer.headers.get('location')}`);
  return cookie.split(';', 1)[0];
}

/** Whole sign-ins of new people, some at a time. */
async function signIns(provider, seconds, atATime) {
  const times = [];
  const until = performance.now() + seconds * 1000;
  let number = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (performance.now() < until) {
        number += 1;
        const began = performance.now();
        await signIn(provider, number);
        times.push(performance.now() - began);
      }
    }),
  );
  times.sort((one, other) => one - other);
  const at = (share) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  row(`sign-in with ${provider}, start to session`, times.length / seconds, at(0.5), at(0.99));
}

async function requests(title, path, cookie) {
  const result = await autocannon({
    url: base + path,
    connections: 10,
    duration: SECONDS,
    headers: cookie === undefined ? {} : { cookie },
  });
  if (result.errors > 0 || result['5xx'] > 0) throw new Error(`${title} failed`);
  row(title, result.requests.average, result.latency.p50, result.latency.p99);
}

function row(title, perSecond, p50, p99) {
  process.stdout.write(`| ${title} | ${perSecond.toFixed(0)} | ${p50} | ${p99} |\n`);
}

async function waitUntilReady() {
  for (;;) {
    const ready = await fetch(`${base}/health/ready`).catch(() => null);
    if (ready?.ok) return;
    await wait(20);
  }
}

try {
  await waitUntilReady();
  process.stdout.write(`Ready ${(performance.now() - started).toFixed(0)} ms after its start.\n\n`);
  process.stdout.write('| | per second | p50 ms | p99 ms |\n|---|---|---|---|\n');
  const cookie = await signIn('google', 0);
  await requests('GET /health/live', '/health/live');
  await requests('GET /auth/session, nobody signed in', '/auth/session');
  await requests('GET /auth/session, signed in', '/auth/session', cookie);
  await requests('GET /users/me', '/users/me', cookie);
  await requests('GET /auth/google (start)', '/auth/google');
  for (const provider of ['google', 'twitter', 'facebook']) await signIns(provider, SECONDS, 8);
} finally {
  service.kill();
  rmSync(folder, { recursive: true, force: true });
}
