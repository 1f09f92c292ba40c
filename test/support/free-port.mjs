import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/*
 * Below the ports that a system hands out for connections (Linux: from 32768): one of those may be somebody's by the time
 * that a server wants to listen on it. Each of Jest's workers has a span of its own, and goes through it in turn.
 */
const LOWEST = 15_000;
const SPAN = 2000;
const SPANS = 8;

const first = LOWEST + (Number(process.env['JEST_WORKER_ID'] ?? 0) % SPANS) * SPAN;
let turn = randomInt(SPAN);

/** A port that nobody listens on, on any address of this machine. */
export async function freePort() {
  for (let tries = 0; tries < SPAN; tries += 1) {
    turn = (turn + 1) % SPAN;
    // Whoever asks meanwhile goes on to the next.
    const port = first + turn;
    if (await isFree(port)) return port;
  }
  throw new Error(`Every port from ${first} to ${first + SPAN - 1} is taken.`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
