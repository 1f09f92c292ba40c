import { type RequestHandler, Router } from 'express';
import * as z from 'zod';
import { fieldsOf } from './http.js';
import { exactRoutes } from './provider.js';
import type { SandboxRequest } from './request-log.js';

/** What scripts can do with a sandbox in another process. */
interface Controlled {
  readonly requests: readonly SandboxRequest[];
  readonly secrets: readonly string[];
  /** @throws RangeError when there is no such fault */
  failNext(provider: string, step: string, fault: string, times: number): void;
  reset(): void;
  /** The providers' actions, as `<provider>/<action>`. */
  readonly actions: ReadonlyMap<string, () => Promise<void>>;
}

const failNextSchema = z.object({
  provider: z.string(),
  step: z.string(),
  fault: z.string(),
  times: z.coerce.number().int().min(1).max(1000).default(1),
});

/** These routes are for scripts: a page on another site has no business here. */
const notFromOtherSites: RequestHandler = (req, res, next) => {
  const site = req.get('sec-fetch-site') ?? 'none';
  if (site === 'none' || site === 'same-origin') next();
  else res.status(403).json({ error: 'forbidden' });
};

function failNext(sandbox: Controlled, fields: object): string[] {
  const { data, error } = failNextSchema.safeParse(fields);
  if (error) return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  try {
    sandbox.failNext(data.provider, data.step, data.fault, data.times);
    return [];
  } catch (thrown) {
    return [thrown instanceof RangeError ? thrown.message : 'not possible'];
  }
}

/** A copy fit to be shown: what was started with real keys must not be read from a page. */
function withoutSecrets(
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

/** The sandbox's own interface. */
export function createControl(sandbox: Controlled): Router {
  const router = Router(exactRoutes);
  router.use(notFromOtherSites);
  router.get('/requests', (_req, res) => {
    res.json(withoutSecrets(sandbox.requests, sandbox.secrets));
  });
  router.post('/reset', (_req, res) => {
    sandbox.reset();
    res.sendStatus(204);
  });
  router.post('/fail-next', (req, res) => {
    const problems = failNext(sandbox, fieldsOf(req));
    if (problems.length === 0) res.sendStatus(204);
    else res.status(400).json({ error: 'invalid_fault', problems });
  });
  for (const [path, act] of sandbox.actions) {
    router.post(`/${path}`, async (_req, res) => {
      await act();
      res.sendStatus(204);
    });
  }
  return router;
}
