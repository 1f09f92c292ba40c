import type { Request, RequestHandler } from 'express';
import { formOf, pathOf, queryOf } from './http.js';
import { playedProviders, providers, type SandboxProvider } from './provider.js';
import type { SandboxRequest } from './types.js';

const limit = 1000;

const byPath = new Map<string, SandboxProvider>(
  playedProviders.flatMap((id) => [
    [providers[id].pages, id],
    [providers[id].api, id],
  ]),
);

function bodyFields(req: Request): Record<string, string> {
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null) return Object.fromEntries(formOf(req));
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

function headersOf(req: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

interface RequestLog {
  entries: SandboxRequest[];
  /** Runs once the body is read. */
  record: RequestHandler;
}

/** Remembers what the providers were asked, so that a test can say what was, and was not, sent. */
export function createRequestLog(): RequestLog {
  const entries: SandboxRequest[] = [];
  return {
    entries,
    record(req, res, next) {
      const path = pathOf(req);
      const provider = byPath.get(`/${path.split('/', 2)[1] ?? ''}`);
      if (provider) {
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

/** A copy fit to be shown: what was started with real keys must not be read from a page. */
export function withoutSecrets(
  entries: readonly SandboxRequest[],
  secrets: readonly string[],
): SandboxRequest[] {
  const hide = (fields: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        secrets.includes(value) || (name === 'authorization' && value.startsWith('Basic '))
          ? '[hidden]'
          : value,
      ]),
    );
  return entries.map((entry) => ({
    ...entry,
    query: hide(entry.query),
    headers: hide(entry.headers),
    form: hide(entry.form),
  }));
}
