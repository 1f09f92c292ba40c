import { setTimeout as wait } from 'node:timers/promises';
import { run } from '../image/containers.mjs';
import { freePort } from '../support/free-port.mjs';
import { answers } from './answers.mjs';

/**
 * Starts a throw-away PostgreSQL server in a container, for a machine without PostgreSQL's own programs.
 *
 * The engine is the one that CONTAINER_ENGINE names, `docker` when it is not set; the image is the one that
 * TEST_POSTGRES_IMAGE names, so that any version can be tried.
 */
export async function startContainer() {
  const image = process.env['TEST_POSTGRES_IMAGE'] ?? 'postgres:17';
  const port = await freePort();
  const name = `latchkey-postgres-${port}`;
  const environment = { USER: 'latchkey', DB: 'postgres', HOST_AUTH_METHOD: 'trust' };
  const { status, output } = run(
    'run',
    '-d',
    `--name=${name}`,
    `--publish=127.0.0.1:${port}:5432`,
    ...Object.entries(environment).map(([key, value]) => `--env=POSTGRES_${key}=${value}`),
    image,
    '-c',
    'fsync=off',
    '-c',
    'max_connections=300',
  );
  const remove = async () => {
    run('rm', '-f', '-v', name);
  };
  if (status !== 0) {
    await remove();
    throw new Error(
      `No PostgreSQL: set TEST_DATABASE_URL, install its server (apt-get install postgresql), or let a container engine run ${image}. It said: ${output.trim()}`,
    );
  }
  const url = `postgres://latchkey@127.0.0.1:${port}/postgres`;
  for (let tries = 0; !(await answers(url)); tries += 1) {
    const runs = run('inspect', name, '--format', '{{.State.Running}}').stdout;
    if (tries === 300 || runs !== 'true') {
      const { output: said } = run('logs', name);
      await remove();
      throw new Error(`PostgreSQL did not start in its container:\n${said}`);
    }
    await wait(100);
  }
  return { url, remove };
}
