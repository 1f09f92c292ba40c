/**
 * Runs the end-to-end suites on PostgreSQL: on the server that TEST_DATABASE_URL names, or on a throw-away one from
 * PostgreSQL's own binaries (Debian: apt-get install postgresql), or else from a container. Arguments go to Jest.
 *
 *     npm run test:postgres
 *     npm run test:postgres -- test/sign-in/sign-in.e2e-spec.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startContainer } from './container.mjs';
import { hasPostgres, startPostgres } from './server.mjs';

const given = process.env['TEST_DATABASE_URL'];
// Jest gets it too, and ends; the server is still to be removed.
process.on('SIGINT', () => undefined);
const server = given ? { url: given, remove: async () => undefined } : await throwAway();
try {
  const jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...process.argv.slice(2),
      '--selectProjects=e2e',
    ],
    { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: server.url } },
  );
  const [status] = await once(jest, 'exit');
  process.exitCode = status ?? 1;
} finally {
  await server.remove();
}

/** A server that lasts as long as this run. */
function throwAway() {
  return hasPostgres() ? startPostgres() : startContainer();
}
