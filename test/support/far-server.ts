import { spawn } from 'node:child_process';
import dns from 'node:dns';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { freePort } from './free-port.mjs';

/** Takes a connection, and forwards it. It starts with a queue that is full. */
const SERVER = `
  import { connect, createServer } from 'node:net';
  const [port, target] = process.argv.slice(1).map(Number);
  const server = createServer((from) => {
    const to = connect(target, '127.0.0.1');
    from.on('error', () => to.destroy()).pipe(to).on('error', () => from.destroy()).pipe(from);
  });
  server.listen({ port, host: '127.0.0.1', backlog: 1 }, () => process.kill(process.pid, 'SIGSTOP'));
`;

/**
 * Puts a server on this machine about a second away, under a name that has an address of each family while nothing speaks
 * IPv6: the kernel takes no more connections for a server that does not accept any, and is asked again after a second.
 */
export async function farServer(name: string, target: number) {
  const port = await freePort();
  const args = ['--input-type=module', '-e', SERVER, String(port), String(target)];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const waiting: Socket[] = [];
  const lookup = dns.lookup;
  const spy = jest.spyOn(dns, 'lookup').mockImplementation(((
    host: string,
    options: { all?: boolean },
    done: (error: null, found: unknown, family?: number) => void,
  ) => {
    if (host !== name) return lookup(host, options as never, done as never);
    const found = [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
    return options.all === true ? done(null, found) : done(null, '127.0.0.1', 4);
  }) as never);
  // Until one is not taken any more.
  for (let isFull = false; !isFull;) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    const connected = await Promise.race([
      once(socket, 'connect').then(
        () => true,
        () => null,
      ),
      sleep(300, false),
    ]);
    if (connected === null) await sleep(50);
    else waiting.push(socket);
    isFull = connected === false;
  }
  return {
    port,
    /** Takes connections from now on. */
    accept: () => void child.kill('SIGCONT'),
    close() {
      spy.mockRestore();
      for (const socket of waiting) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}
