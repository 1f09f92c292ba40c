/** Who listens where on this machine: so two examples do not get into each other's way. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Whoever listens here has the packages of all examples, and starts. A process that dies gives it back. */
const TURN = 5100;

/** @returns a server that listens there; null where somebody else does */
async function listen(port) {
  const server = createServer().listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => server,
    () => null,
  );
}

export async function isFree(port) {
  const server = await listen(port);
  server?.close();
  return server !== null;
}

/**
 * Waits until no other example is about to start: two that install the packages at once spoil them.
 *
 * @returns what lets the next one start
 */
export async function takeTurn() {
  for (let hasToldSo = false; ; await wait(200)) {
    const server = await listen(TURN);
    if (server !== null) return () => server.close();
    if (!hasToldSo) console.log(`Waiting for another example to start (it has port ${TURN}).`);
    hasToldSo = true;
  }
}
