/**
 * Runs what compose.yaml describes, without compose: PostgreSQL, the image twice with the environment, the secrets and the
 * restrictions of that file, and Caddy with deploy/Caddyfile. Then each instance is stopped and started again, one after
 * the other, as in a rolling update, while requests go on; none may fail.
 *
 *     node test/image/compose.mjs IMAGE
 *
 * CONTAINER_ENGINE is the engine's command, `docker` when it is not set. Needs caddy and PostgreSQL's own programs
 * (Debian: apt-get install caddy postgresql).
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { startPostgres } from '../postgres/server.mjs';
import { freePort } from '../support/free-port.mjs';
import { check, is, ready, run, startContainer } from './containers.mjs';

const [image] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'latchkey-compose-'));

/** The environment of compose.yaml's service, with Google on. */
function composeEnvironment(service) {
  const text = readFileSync('compose.yaml', 'utf8')
    .replaceAll(/\$\{DOMAIN[^}]*\}/g, 'id.example.com')
    .replaceAll(/\$\{GOOGLE_CLIENT_ID:\+([^}]*)\}/g, '$1')
    .replaceAll('${GOOGLE_CLIENT_ID:-}', 'google-id')
    .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\w+:\+[^}]*\}/g, '');
  const { environment } = parse(text, { merge: true }).services[service];
  return Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, value ?? '']));
}

/** Writes the secrets. Returns where each file is in the container. */
function writeSecrets(databaseUrl) {
  const secrets = {
    session_secret: randomBytes(36).toString('base64'),
    database_url: databaseUrl,
    google_client_secret: 'google-secret',
  };
  chmodSync(folder, 0o755);
  return Object.fromEntries(
    Object.entries(secrets).map(([secret, value]) => {
      const file = join(folder, `${secret}.txt`);
      writeFileSync(file, `${value}\n`);
      return [file, `/run/secrets/${secret}`];
    }),
  );
}

function startCaddy(port, upstreams) {
  if (spawnSync('caddy', ['version']).status !== 0) {
    throw new Error('There is no caddy: apt-get install caddy.');
  }
  const environment = {
    PATH: process.env['PATH'],
    HOME: folder,
    SITE_ADDRESS: `http://localhost:${port}`,
    UPSTREAMS: upstreams.join(' '),
  };
  return spawn('caddy', ['run', '--config', 'deploy/Caddyfile', '--adapter', 'caddyfile'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'ignore'],
  });
}

/** Asks for the session again and again until told to stop. Returns how many answers of each kind came. */
async function askUntil(base, isOver) {
  const answers = {};
  while (!isOver()) {
    const kind = await fetch(`${base}/auth/session`, { signal: AbortSignal.timeout(10_000) }).then(
      ({ status }) => status,
      ({ name }) => name,
    );
    answers[kind] = (answers[kind] ?? 0) + 1;
    await wait(10);
  }
  return answers;
}

const postgres = await startPostgres();
const [proxyPort, ...ports] = [await freePort(), await freePort(), await freePort()];
const managementPorts = [await freePort(), await freePort()];
const instances = ports.map((port, index) => ({
  name: `latchkey-${index + 1}-${port}`,
  base: `http://localhost:${port}`,
  environment: {
    ...composeEnvironment(`latchkey-${index + 1}`),
    // Without networks of their own they share the ports of this machine.
    PORT: port,
    MANAGEMENT_PORT: managementPorts[index],
    RATE_LIMIT_PER_MINUTE: 0,
  },
}));
const mounts = writeSecrets(postgres.url);
const caddy = startCaddy(
  proxyPort,
  ports.map((port) => `localhost:${port}`),
);
try {
  // At the same time, so that both want to migrate.
  for (const instance of instances) startContainer({ ...instance, image, mounts });
  for (const { name, base } of instances) check(`${name} ready, ms`, await ready(base), Boolean);

  const proxy = `http://localhost:${proxyPort}`;
  await ready(proxy);
  let isOver = false;
  const asking = [1, 2, 3, 4].map(() => askUntil(proxy, () => isOver));
  for (const instance of instances) {
    const { name, base } = instance;
    run('stop', '-t', '30', name);
    const code = run('inspect', name, '--format', '{{.State.ExitCode}}').stdout;
    check(`${name} stopped, exit code`, code, is('0'));
    run('rm', '-f', '-v', name);
    await wait(1000);
    startContainer({ ...instance, image, mounts });
    await ready(base);
    // The proxy looks every two seconds.
    await wait(3000);
  }
  isOver = true;
  const kinds = (await Promise.all(asking)).flatMap(Object.entries);
  const failed = kinds.filter(([kind]) => kind !== '200');
  check('answers that are not 200', failed, ({ length }) => length === 0);
  const count = kinds.reduce((sum, [, each]) => sum + each, 0);
  check('answers during the update', count, (answers) => answers > 100);
} catch (error) {
  for (const { name } of instances) process.stderr.write(run('logs', name).output);
  throw error;
} finally {
  for (const { name } of instances) run('rm', '-f', '-v', name);
  caddy.kill('SIGTERM');
  if (caddy.exitCode === null) await once(caddy, 'exit');
  await postgres.remove();
  rmSync(folder, { recursive: true, force: true });
}
