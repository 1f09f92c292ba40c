import type { CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import type { Origins } from '../origins.js';

/**
 * Credentialed CORS for the front ends' origins. Where no cookie counts, the sites of hand-over targets may ask and read.
 * Any other origin gets no header, so a refusal reveals nothing.
 *
 * An allowed origin may send whatever headers it asks for, which the middleware reflects: tracing tools and HTTP
 * clients add theirs to every call (`traceparent`, `sentry-trace`, `x-requested-with`), and a list would never be whole.
 * It protects nothing, since such an origin may act for whoever is signed in.
 *
 * @param open paths that any origin may read, as nobody in particular
 * @param forServers paths that no script is answered at
 * @param takesNoCookie whether the page of an origin asks a route that answers by a bearer or a code
 */
export function corsFor(
  origins: Origins,
  {
    open,
    forServers,
    takesNoCookie,
  }: {
    open: ReadonlySet<string>;
    forServers: ReadonlySet<string>;
    takesNoCookie: (request: Request, origin: string) => boolean;
  },
): CorsOptionsDelegate<Request> {
  return (request, done) => {
    const { origin } = request.headers;
    if (open.has(request.path)) {
      done(null, { origin: '*', methods: ['GET'], maxAge: 600 });
      return;
    }
    const isAllowed = origin !== undefined && origins.has(origin) && !forServers.has(request.path);
    if (origin === undefined || !(isAllowed || takesNoCookie(request, origin))) {
      done(null, { origin: false });
      return;
    }
    done(null, {
      origin,
      credentials: isAllowed,
      methods: ['GET', 'POST', 'PATCH', 'DELETE'],
      exposedHeaders: ['X-Request-Id', 'Retry-After'],
      maxAge: 600,
    });
  };
}
