import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { pathOf, acceptsJson } from './http.js';
import { sendErrorPage, sendStylesheet } from './pages.js';
import { allNames, type ProviderDescription } from './provider.js';

const bodyLimit = '32kb';

/**
 * No form-action: Chromium applies it to the redirects that follow a form as well, and where the app sends the person after its
 * callback is nothing we can know.
 */
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'";

const securityHeaders: RequestHandler = (_req, res, next) => {
  res.set({
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    Pragma: 'no-cache',
  });
  next();
};

/** Of this machine: nobody has a reason to use another name, and a page that has rebound its own to 127.0.0.1 would. */
const OWN_HOST = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[^.:/@]+\.)*localhost)(?::\d+)?$/i;

const onlyForThisMachine: RequestHandler = (req, res, next) => {
  if (OWN_HOST.test(req.get('host') ?? '')) next();
  else res.status(421).type('text').send('The sandbox answers only at http://127.0.0.1.\n');
};

function statusOf(error: unknown): number {
  const status: unknown =
    typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/** An Express app with what all routes need; `mount` adds them before the error handlers. */
export function createApp(
  providers: readonly ProviderDescription[],
  record: RequestHandler,
  mount: (app: Express) => void,
): Express {
  const everyone = { name: allNames(providers, 'disjunction') };
  const notFound: RequestHandler = (req, res) => {
    const details = `There is nothing at ${req.method} ${pathOf(req)}.`;
    if (acceptsJson(req)) res.status(404).json({ error: 'not_found' });
    else sendErrorPage(res, 404, everyone, { title: 'Not found', details });
  };
  // Express takes a handler with four parameters for an error handler.
  const failed: ErrorRequestHandler = (error: unknown, req, res, next) => {
    const status = statusOf(error);
    const details = 'The sandbox could not read or answer this request.';
    if (res.headersSent) next(error);
    else if (acceptsJson(req)) res.status(status).json({ error: 'request_failed' });
    else sendErrorPage(res, status, everyone, { title: `Error ${status}`, details });
  };
  // For scripts only: the providers themselves take forms.
  const jsonPaths = ['/sandbox', ...providers.map(({ consentPath }) => consentPath)];

  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(securityHeaders);
  app.use(onlyForThisMachine);
  app.use(express.text({ type: 'application/x-www-form-urlencoded', limit: bodyLimit }));
  app.use(jsonPaths, express.json({ limit: bodyLimit }));
  app.use(record);
  app.get('/sandbox/style.css', (_req, res) => sendStylesheet(res));
  mount(app);
  app.use(notFound);
  app.use(failed);
  return app;
}
