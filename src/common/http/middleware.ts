import { json, type Request, type RequestHandler, type Response, urlencoded } from 'express';
import { AppError } from '../errors/app-error.js';

const LIMIT = '32kb';
const parseJson = json({ limit: LIMIT });
const parseForm = urlencoded({ extended: false, limit: LIMIT });

/**
 * Parses JSON and form bodies of at most 32 KB. A request without a body skips the parsers, however its absence is
 * framed: some proxies and tunnels send an empty chunked one.
 */
export const bodyParser: RequestHandler = (request, response, next) => {
  const { headers } = request;
  const parse = () => {
    if (request.is('json')) parseJson(request, response, next);
    else if (request.is('urlencoded')) parseForm(request, response, next);
    else next(new AppError('unsupported_media_type'));
  };
  if (headers['transfer-encoding'] !== undefined) {
    onceBegun(request, (isEmpty) => (isEmpty ? next() : parse()));
  } else if (Number(headers['content-length'] ?? 0) > 0) parse();
  else next();
};

/** Waits for the first bytes of a body, or its end. A reader who comes afterwards gets them all. */
function onceBegun(request: Request, then: (isEmpty: boolean) => void): void {
  const look = () => {
    request.off('readable', look).off('end', look);
    const start: unknown = request.read();
    if (start !== null) request.unshift(start);
    then(start === null);
  };
  request.on('readable', look).on('end', look);
}

/** Every response is personal or momentary, so neither browsers nor proxies may cache it. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** Answers paths outside `prefix`, such as `/id`, with `not_found`. */
export function underPrefix(prefix: string): RequestHandler {
  return ({ path }, _response, next) => {
    const isUnder = path === prefix || path.startsWith(`${prefix}/`);
    next(isUnder ? undefined : new AppError('not_found'));
  };
}

/** Chains middleware. Express's router would match the path again for each one. */
export function inOrder(...handlers: RequestHandler[]): RequestHandler {
  return (request, response, next) => run(handlers, 0, request, response, next);
}

function run(
  handlers: readonly RequestHandler[],
  at: number,
  request: Request,
  response: Response,
  done: (error?: unknown) => void,
): void {
  const handler = handlers[at];
  if (handler === undefined) {
    done();
    return;
  }
  void handler(request, response, (error?: unknown) => {
    if (error === undefined) run(handlers, at + 1, request, response, done);
    else done(error);
  });
}
