/**
 * Looks at a built image as an operator meets it: what it says without configuration, a sandbox sign-in with all three
 * providers, who it runs as, what it can write, its health check, and how it stops while a request is in flight.
 *
 *     node test/image/check.mjs IMAGE
 *
 * CONTAINER_ENGINE is the engine's command, `docker` when it is not set.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../support/free-port.mjs';
import { check, is, ready, run, runUnconfigured, startContainer } from './containers.mjs';

const [image] = process.argv.slice(2);

/** Loads every package that the product names, so that nothing was taken out of them that they need. */
const LOAD_PACKAGES = `
  import manifest from '/app/package.json' with { type: 'json' };
  const names = Object.keys(manifest.dependencies);
  const results = await Promise.allSettled(names.map((name) => import(name)));
  console.log(results.filter(({ status }) => status === 'fulfilled').length, 'of', names.length);`;

/** What production refuses has to be said in one message, by a container that then ends. */
function checkUnconfigured() {
  const { status, output } = runUnconfigured(image);
  check('without configuration: exit code', status, is(1));
  const named = output.split('\n').flatMap((line) => /^ {2}([A-Z_]+)/.exec(line)?.[1] ?? []);
  check('without configuration: it asks for', named, (names) =>
    ['PUBLIC_URL', 'SESSION_SECRET'].every((name) => names.includes(name)),
  );
}

async function checkRunning(name, base) {
  execFileSync(process.execPath, ['test/smoke/sign-in.mjs', base], { stdio: 'inherit' });
  const inside = (...command) => run('exec', name, ...command);
  check('it runs as', inside('id', '-u').stdout, is('1000'));
  check('it can write to /app', inside('touch', '/app/dist/main.js').status === 0, is(false));
  check('its code belongs to', inside('stat', '-c', '%U', '/app/dist/main.js').stdout, is('root'));
  check('it can write to /data', inside('touch', '/data/x').status === 0, is(true));
  const [usage] = inside('latchkey', '--help').stdout.split('\n');
  check('its command line', usage, (line) => line.startsWith('Usage: latchkey '));
  const packages = inside('ls', '/app/node_modules').stdout.split('\n');
  const forDevelopment = packages.filter((each) => /jest|swc|typescript|oxlint/.test(each));
  check('packages for development', forDevelopment.length, is(0));
  const loaded = inside('node', '--input-type=module', '--eval', LOAD_PACKAGES);
  check('packages for production that load, of all', loaded.stdout, (text) =>
    /^(\d+) of \1$/.test(text),
  );
  check('its health check: exit code', inside('node', '/app/healthcheck.mjs').status, is(0));
}

/** Starts a sign-in that the provider's token endpoint leaves hanging. Resolves with where its callback leads to. */
async function signInSlowly(base) {
  const start = await fetch(`${base}/auth/facebook`, { redirect: 'manual' });
  const authorizeUrl = start.headers.get('location');
  const question = await fetch(authorizeUrl, { headers: { Accept: 'application/json' } });
  const { request, action } = await question.json();
  const consent = { request, person: 'ada', decision: 'allow', fault: 'token_timeout' };
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    body: new URLSearchParams(consent),
    redirect: 'manual',
  });
  const cookies = start.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  const callback = await fetch(answer.headers.get('location'), {
    redirect: 'manual',
    headers: { Cookie: cookies.join('; ') },
  });
  return callback.headers.get('location');
}

async function checkStop(name, base) {
  const inFlight = signInSlowly(base);
  await wait(500);
  const began = Date.now();
  run('stop', '-t', '30', name);
  check('the request in flight was answered', await inFlight, (location) =>
    location.startsWith('/?error=provider_timeout&'),
  );
  check('stopped after, in ms', Date.now() - began, (ms) => ms < 25_000);
  const code = run('inspect', name, '--format', '{{.State.ExitCode}}').stdout;
  check('exit code after SIGTERM', code, is('0'));
}

const [port, sandboxPort] = [await freePort(), await freePort()];
const [name, base] = [`latchkey-check-${port}`, `http://localhost:${port}`];
const folder = mkdtempSync(join(tmpdir(), 'latchkey-image-'));
const secret = join(folder, 'session_secret.txt');
writeFileSync(secret, `${'check'.repeat(8)}\n`);
const environment = {
  NODE_ENV: 'development',
  PORT: port,
  SANDBOX_PORT: sandboxPort,
  SESSION_SECRET_FILE: '/run/secrets/session_secret',
  PROVIDER_TIMEOUT_MS: 2000,
};
try {
  checkUnconfigured();
  startContainer({
    name,
    image,
    environment,
    mounts: { [secret]: environment.SESSION_SECRET_FILE },
  });
  check('ready after, in ms', await ready(base), (ms) => ms < 60_000);
  await checkRunning(name, base);
  await checkStop(name, base);
} catch (error) {
  process.stderr.write(run('logs', name).output);
  throw error;
} finally {
  run('rm', '-f', '-v', name);
  rmSync(folder, { recursive: true });
}
