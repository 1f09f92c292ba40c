/**
 * Runs what compose.sandbox.yaml describes, without compose, on a network of its own: whoever builds a front end reaches
 * the service and its providers from outside the container, on this machine and nowhere else.
 *
 *     node test/image/sandbox.mjs IMAGE
 *
 * CONTAINER_ENGINE is the engine's command, `docker` when it is not set; CONTAINER_NETWORK a network of it that can publish
 * ports, `bridge` when it is not set.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { parse } from 'yaml';
import { freePort } from '../support/free-port.mjs';
import { check, is, ready, run, startContainer } from './containers.mjs';

const [image] = process.argv.slice(2);
const [port, sandboxPort] = [await freePort(), await freePort()];
const [name, base] = [`latchkey-sandbox-${port}`, `http://localhost:${port}`];

/** The file with defaults, and with ports that are free here. */
const text = readFileSync('compose.sandbox.yaml', 'utf8')
  .replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1')
  .replaceAll('3000', String(port))
  .replaceAll('4000', String(sandboxPort));
const { environment: set, ports } = parse(text).services.latchkey;
const environment = Object.fromEntries(
  Object.entries(set).map(([key, value]) => [key, value ?? '']),
);

const statusOf = (url) =>
  fetch(url, { signal: AbortSignal.timeout(3000) }).then(
    ({ status }) => status,
    () => 'not reached',
  );

try {
  startContainer({
    name,
    image,
    environment: { ...environment, PORT: port, SANDBOX_PORT: sandboxPort },
    ports,
  });
  check('ready after, in ms', await ready(base), Boolean);
  check('its providers', await statusOf(`http://127.0.0.1:${sandboxPort}/`), is(200));
  execFileSync(process.execPath, ['test/smoke/sign-in.mjs', base], { stdio: 'inherit' });
  const addresses = Object.values(networkInterfaces())
    .flat()
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  for (const address of addresses) {
    check(`from ${address}`, await statusOf(`http://${address}:${port}/`), is('not reached'));
  }
  const secret = run('exec', name, 'stat', '-c', '%a %U', '/data/session_secret').stdout;
  check('its secret is kept for', secret, is('600 node'));
} catch (error) {
  process.stderr.write(run('logs', name).output);
  throw error;
} finally {
  run('rm', '-f', '-v', name);
}
