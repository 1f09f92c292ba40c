import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

/** What a client has seen: how many answers of which status, and what went wrong. */
export interface Seen {
  statuses: Record<string, number>;
  /** Answers that said that their connection ends. */
  closing: number;
  errors: string[];
}

/** Clients that ask without a pause, each over connections that it keeps. */
export interface Load {
  seen: Seen;
  /** Resolves when every client has been refused a connection. */
  ended: Promise<void>;
}

type Ask = () => Promise<{ status: number; closing: boolean }>;

/**
 * Loads a service from many clients: half of them Node's own agent, half undici's pool. A client goes on until it is
 * refused a connection; any other failure is counted, and it goes on.
 */
export function startLoad(url: string, path: string, clients: number): Load {
  const seen: Seen = { statuses: {}, closing: 0, errors: [] };
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const pool = new Pool(url, { connections: clients, pipelining: 1 });
  const run = async (ask: Ask) => {
    for (;;) {
      try {
        const { status, closing } = await ask();
        seen.statuses[status] = (seen.statuses[status] ?? 0) + 1;
        if (closing) seen.closing += 1;
      } catch (error) {
        if ((error as { code?: string }).code === 'ECONNREFUSED') return;
        seen.errors.push(String((error as { code?: string }).code ?? error));
        await sleep(1);
      }
    }
  };
  const asks = Array.from({ length: clients }, (_, at) =>
    at % 2 === 0 ? () => askByAgent(agent, url + path) : () => askByPool(pool, path),
  );
  const end = async () => {
    await Promise.all(asks.map(run));
    agent.destroy();
    await pool.destroy();
  };
  return { seen, ended: end() };
}

async function askByPool(pool: Pool, path: string) {
  const { statusCode, headers, body } = await pool.request({ method: 'GET', path });
  await body.dump();
  return { status: statusCode, closing: headers['connection'] === 'close' };
}

function askByAgent(agent: Agent, url: string): ReturnType<Ask> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent }, (answer) => {
      answer.on('error', reject).resume();
      answer.on('end', () => {
        const closing = answer.headers.connection === 'close';
        resolve({ status: answer.statusCode ?? 0, closing });
      });
    });
    sent.on('error', reject).end();
  });
}
