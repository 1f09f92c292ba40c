import { expect } from '@jest/globals';
import { request } from 'node:http';

export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Sends a request just as it is given: any Host, any number of headers, any body. */
export function raw(
  url: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string } = {},
): Promise<RawAnswer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (answer) => {
      answer.setEncoding('utf8');
      let text = '';
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** The status and code of a problem, which has to be well formed and to carry the id of its request. */
export function problemOf({ status, headers, text }: RawAnswer): [status: number, code: string] {
  expect(headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = JSON.parse(text) as { code: string; status: number; requestId: string };
  expect(problem.status).toBe(status);
  expect(problem.requestId).toBe(headers['x-request-id']);
  return [status, problem.code];
}
