/**
 * Looks at a built image as an operator meets it: what it says without configuration, a sandbox sign-in with all three
 * providers, who it runs as, what it can write, its health check, and how it stops while a request is in flight. It runs
 * the containers as strictly as compose.yaml does.
 *
 *     node test/image/check.mjs IMAGE
 *
 * CONTAINER_ENGINE is the engine's command, `docker` when it is not set.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const [image] = process.argv.slice(2);
const [engine, ...engineOptions] = (process.env['CONTAINER_ENGINE'] ?? 'docker').split(' ');
/** On the host's network, so that no bridge is needed; nothing can be written but /tmp and the volume. */
const strictly = ['--network=host', '--read-only', '--tmpfs=/tmp', '--cap-drop=all'].concat([
  '--security-opt=no-new-privileges',
  '--ulimit=nofile=4096:4096',
  '--ulimit=nproc=4096:4096',
]);

/** Runs the engine. Returns its exit code, and what it and the container wrote. */
function run(...options) {
  const { status, stdout, stderr } = spawnSync(engine, [...engineOptions, ...options], {
    encoding: 'utf8',
  });
  return { status, stdout: stdout.trim(), output: stdout + stderr };
}

function check(what, actual, isRight) {
  if (!isRight(actual)) throw new Error(`${what}: got ${JSON.stringify(actual)}`);
  process.stdout.write(`${what}: ${JSON.stringify(actual)}\n`);
}

const is = (expected) => (actual) => actual === expected;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A configuration that production refuses has to be said in one message, by a container that then ends. */
function checkUnconfigured() {
  const { status, output } = run('run', '--rm', ...strictly, image);
  check('without configuration: exit code', status, is(1));
  const named = output.split('\n').flatMap((line) => /^ {2}([A-Z_]+)/.exec(line)?.[1] ?? []);
  check('without configuration: it asks for', named.join(), is('SESSION_SECRET'));
}

/** Starts a sign-in that Facebook's token endpoint leaves hanging. Returns the callback's answer, which is still to come. */
async function startSlowSignIn(base) {
  const start = await fetch(`${base}/auth/facebook`, { redirect: 'manual' });
  const authorizeUrl = start.headers.get('location');
  const question = await fetch(authorizeUrl, { headers: { Accept: 'application/json' } });
  const { request, action } = await question.json();
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    body: new URLSearchParams({
      request,
      person: 'ada',
      decision: 'allow',
      fault: 'token_timeout',
    }),
    redirect: 'manual',
  });
  const cookies = start.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  return fetch(answer.headers.get('location'), {
    redirect: 'manual',
    headers: { Cookie: cookies.join('; ') },
  });
}

async function checkRunning(name, base) {
  execFileSync(process.execPath, ['test/smoke/sign-in.mjs', base], { stdio: 'inherit' });
  check('it runs as', run('exec', name, 'id', '-u').stdout, is('1000'));
  const touch = (path) => run('exec', name, 'touch', path).status === 0;
  check('it can write to /app', touch('/app/dist/main.js'), is(false));
  check('it can write to /data', touch('/data/x'), is(true));
  const help = run('exec', name, 'latchkey', '--help').stdout;
  check('its command line', help.split('\n')[0], is('Usage: latchkey [options] [command]'));
  const manifest = run('exec', name, 'ls', '/app/node_modules').stdout.split('\n');
  check(
    'packages for development',
    manifest.filter((each) => /jest|swc|typescript/.test(each)).length,
    is(0),
  );
  const health = run('exec', name, 'node', '/app/healthcheck.mjs').status;
  check('its health check: exit code', health, is(0));
}

async function checkStop(name, base) {
  const inFlight = startSlowSignIn(base).then((answer) => answer.headers.get('location'));
  await wait(500);
  const began = Date.now();
  run('stop', '-t', '20', name);
  check('the request in flight was answered', await inFlight, (to) =>
    to.startsWith('/?error=provider_timeout&'),
  );
  check('stopped after, in ms', Date.now() - began, (ms) => ms < 10_000);
  const code = run('inspect', name, '--format', '{{.State.ExitCode}}').stdout;
  check('exit code after SIGTERM', code, is('0'));
}

const [port, sandboxPort] = [await freePort(), await freePort()];
const name = `latchkey-check-${port}`;
const base = `http://localhost:${port}`;
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
  const began = Date.now();
  const options = Object.entries(environment).map(([key, value]) => `--env=${key}=${value}`);
  options.push(`--volume=${secret}:/run/secrets/session_secret:ro`, ...strictly);
  const started = run('run', '-d', '--name', name, ...options, image);
  check('started: exit code', started.status, is(0));
  for (let up = false; !up && Date.now() - began < 60_000; await wait(25)) {
    up = await fetch(`${base}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
  process.stdout.write(`ready after ${Date.now() - began} ms\n`);
  await checkRunning(name, base);
  await checkStop(name, base);
} catch (error) {
  process.stderr.write(run('logs', name).output);
  throw error;
} finally {
  run('rm', '-f', '-v', name);
  rmSync(folder, { recursive: true });
}
