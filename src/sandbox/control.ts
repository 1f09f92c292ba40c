import { Router, type RequestHandler } from 'express';
import * as z from 'zod';
import { sandboxFaults, sandboxSteps } from './faults.js';
import { fieldsOf } from './http.js';
import { exactRoutes } from './parts.js';
import { playedProviders } from './provider.js';
import { withoutSecrets } from './request-log.js';
import type { Sandbox } from './types.js';

const failNextSchema = z.object({
  provider: z.enum(playedProviders),
  step: z.enum(sandboxSteps),
  fault: z.enum(sandboxFaults),
  times: z.coerce.number().int().min(1).max(1000).default(1),
});

/** These routes are for scripts: a page on another site has no business here. */
const notFromOtherSites: RequestHandler = (req, res, next) => {
  const site = req.get('sec-fetch-site') ?? 'none';
  if (site === 'none' || site === 'same-origin') next();
  else res.status(403).json({ error: 'forbidden' });
};

type Controlled = Pick<Sandbox, 'requests' | 'failNext' | 'rotateGoogleKey' | 'reset'>;

/** The sandbox's own interface, for those who run it in another process. */
export function createControl(sandbox: Controlled, secrets: readonly string[]): Router {
  const router = Router(exactRoutes);
  router.use(notFromOtherSites);
  router.get('/requests', (_req, res) => {
    res.json(withoutSecrets(sandbox.requests, secrets));
  });
  router.post('/reset', (_req, res) => {
    sandbox.reset();
    res.sendStatus(204);
  });
  router.post('/google/rotate-key', async (_req, res) => {
    await sandbox.rotateGoogleKey();
    res.sendStatus(204);
  });
  router.post('/fail-next', (req, res) => {
    const parsed = failNextSchema.safeParse(fieldsOf(req));
    if (!parsed.success) {
      const problems = parsed.error.issues.map((at) => `${at.path.join('.')}: ${at.message}`);
      res.status(400).json({ error: 'invalid_fault', problems });
      return;
    }
    const { provider, step, fault, times } = parsed.data;
    try {
      sandbox.failNext(provider, step, fault, times);
    } catch (error) {
      const problems = [error instanceof RangeError ? error.message : 'not possible'];
      res.status(400).json({ error: 'invalid_fault', problems });
      return;
    }
    res.sendStatus(204);
  });
  return router;
}
