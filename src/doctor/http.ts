import { bothFamilies } from '../common/http/address-family.js';
import { textOf } from '../common/http/content-coding.js';
import { Agent, request as send } from 'undici';

const MAX_BODY_BYTES = 1024 * 1024;

export interface HttpRequest {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  timeoutMs: number;
}

export interface HttpResponse {
  kind: 'answered';
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
  /** When the request was sent, and when the headers of the response had arrived; milliseconds since 1970. */
  sentAt: number;
  answeredAt: number;
}

export type Reply = HttpResponse | { kind: 'failed'; error: unknown };

/** Sends one request, without redirects or retries. Never throws. */
export async function ask({ url, method, headers, timeoutMs }: HttpRequest): Promise<Reply> {
  const agent = new Agent({
    maxResponseSize: MAX_BODY_BYTES,
    connect: { timeout: timeoutMs, ...bothFamilies(timeoutMs) },
  });
  try {
    const sentAt = Date.now();
    const response = await send(url, {
      dispatcher: agent,
      method: method ?? 'GET',
      headers: { accept: 'application/json', 'user-agent': 'latchkey-doctor', ...headers },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answeredAt = Date.now();
    const { statusCode: status, headers: received } = response;
    const bytes = new Uint8Array(await response.body.arrayBuffer());
    const body = (await textOf(bytes, received['content-encoding'], MAX_BODY_BYTES)) ?? '';
    return { kind: 'answered', status, headers: received, body, sentAt, answeredAt };
  } catch (error) {
    return { kind: 'failed', error };
  } finally {
    await agent.destroy();
  }
}

/** The first value of a header. */
export function headerOf({ headers }: HttpResponse, name: string): string | null {
  return [headers[name] ?? []].flat()[0] ?? null;
}
