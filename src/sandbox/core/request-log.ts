import type { Request, RequestHandler } from 'express';
import { fieldsOf, pathOf, queryOf } from './http.js';
import type { ProviderDescription } from './provider.js';

const limit = 1000;

/** One back-channel or browser request to a provider. `status` is 0 while no answer has been finished. */
export interface SandboxRequest {
  provider: string;
  method: string;
  /** The whole path, base included, e.g. '/google/token'. */
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  form: Record<string, string>;
  status: number;
}

function bodyFields(req: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(req)).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function headersOf(req: Request): Record<string, string> {
  const given = Object.entries(req.headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, [value].flat().join(', ')]));
}

interface RequestLog {
  entries: SandboxRequest[];
  /** Runs once the body is read. */
  record: RequestHandler;
}

/** Remembers what the providers were asked, so that a test can check what was, and was not, sent. */
export function createRequestLog(providers: readonly ProviderDescription[]): RequestLog {
  const entries: SandboxRequest[] = [];
  const byPath = new Map(
    providers.flatMap(({ id, addresses }) =>
      Object.values(addresses).map(({ path }) => [path, id] as const),
    ),
  );
  return {
    entries,
    record(req, res, next) {
      const path = pathOf(req);
      const provider = byPath.get(`/${path.split('/', 2)[1] ?? ''}`);
      if (provider !== undefined) {
        const entry: SandboxRequest = {
          provider,
          method: req.method,
          path,
          query: Object.fromEntries(queryOf(req)),
          headers: headersOf(req),
          form: bodyFields(req),
          status: 0,
        };
        entries.push(entry);
        if (entries.length > limit) entries.splice(0, entries.length - limit);
        res.on('finish', () => {
          entry.status = res.statusCode;
        });
      }
      next();
    },
  };
}
