import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'supertest';

/** How one request of a load was answered. Times are milliseconds since 1970. */
export interface Answered {
  kind: string;
  began: number;
  ended: number;
  /** 0: no answer, the connection broke. */
  status: number;
  code: string | null;
  location: string | null;
}

/** A load that goes on until it is stopped. */
export interface Load {
  answers: readonly Answered[];
  /** Lets what is under way finish. */
  stop(): Promise<readonly Answered[]>;
}

/** Sends one request and records how it was answered. */
export async function ask(kind: string, send: () => Promise<Response>): Promise<Answered> {
  const began = Date.now();
  const response = await send().catch(() => null);
  const body = response?.body as { code?: string } | undefined;
  return {
    kind,
    began,
    ended: Date.now(),
    status: response?.status ?? 0,
    code: body?.code ?? null,
    location: response?.headers['location'] ?? null,
  };
}

/**
 * Sends requests of several kinds, again and again, each kind at its own pace whatever becomes of the ones before: as the
 * world does, and not as a client that waits for its answer.
 *
 * @param every milliseconds between two requests of one kind
 */
export function startLoad(kinds: Record<string, () => Promise<Response>>, every: number): Load {
  const answers: Answered[] = [];
  const open = new Set<Promise<void>>();
  const over = new AbortController();
  const record = async (kind: string, send: () => Promise<Response>) => {
    answers.push(await ask(kind, send));
  };
  const loops = Object.entries(kinds).map(async ([kind, send]) => {
    while (!over.signal.aborted) {
      const one = record(kind, send);
      open.add(one);
      void one.finally(() => open.delete(one));
      await sleep(every);
    }
  });
  return {
    answers,
    async stop() {
      over.abort();
      await Promise.all(loops);
      await Promise.all(open);
      return answers;
    },
  };
}

/** How often each status was answered, such as `200 ×12, 503 ×3`. */
export function tally(answers: readonly Answered[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${status} ×${count}`).join(', ');
}

/** How long the slowest took, in milliseconds. */
export function slowest(answers: readonly Answered[]): number {
  return Math.max(0, ...answers.map(({ began, ended }) => ended - began));
}
