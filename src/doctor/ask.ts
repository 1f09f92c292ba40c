import { Agent, request as send } from 'undici';

const MAX_ANSWER_BYTES = 1024 * 1024;

/** One question over HTTP. */
export interface Question {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** An answer, with the time it took. */
export interface Answer {
  kind: 'answered';
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** When it was sent, and when the head of the answer was there; milliseconds since 1970. */
  sentAt: number;
  answeredAt: number;
}

/** What came back. */
export type Reply = Answer | { kind: 'failed'; error: unknown };

/** Asks once: no redirects, no retry, at most 1 MB. Never throws. */
export async function ask({ url, method = 'GET', headers, timeoutMs }: Question): Promise<Reply> {
  const agent = new Agent({ maxResponseSize: MAX_ANSWER_BYTES, connect: { timeout: timeoutMs } });
  try {
    const sentAt = Date.now();
    const answer = await send(url, {
      dispatcher: agent,
      method,
      headers: { accept: 'application/json', 'user-agent': 'latchkey-doctor', ...headers },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answeredAt = Date.now();
    const body = await answer.body.text();
    const { statusCode: status, headers: answered } = answer;
    return { kind: 'answered', status, headers: answered, body, sentAt, answeredAt };
  } catch (error) {
    return { kind: 'failed', error };
  } finally {
    await agent.destroy();
  }
}

/** One header of an answer; the first where there are several. */
export function headerOf(reply: Answer, name: string): string | null {
  const value = reply.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
