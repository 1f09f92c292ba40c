import { createServer, type Server } from 'node:http';
import { expect } from '@jest/globals';
import type { RawAnswer } from './raw.js';

/** What an application is sent: every header line, as it came. */
interface Echo {
  method: string;
  url: string;
  rawHeaders: string[];
}

/** An application that answers what it was sent. */
export async function startEcho(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const { method, url, rawHeaders } = request;
    request.resume().on('end', () => {
      const status = url?.startsWith('/401') === true ? 401 : 200;
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ method, url, rawHeaders }));
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

export const echoOf = (answer: RawAnswer): Echo => {
  expect([answer.status, answer.text.slice(0, 10)]).toEqual([200, '{"method":']);
  return JSON.parse(answer.text) as Echo;
};

/** The header lines that reached the application, by lower-case name. */
export function headersOf(answer: RawAnswer): [name: string, value: string][] {
  const { rawHeaders } = echoOf(answer);
  return rawHeaders.flatMap((each, at) =>
    at % 2 === 0 ? [[each.toLowerCase(), rawHeaders[at + 1] ?? ''] as [string, string]] : [],
  );
}
