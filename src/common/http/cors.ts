import type { IncomingMessage } from 'node:http';
import type { CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Origins } from '../origins.js';

/**
 * Credentialed CORS for the front ends' origins. Any other origin gets no header, so a refusal reveals nothing.
 *
 * An allowed origin may send whatever headers it asks for, which the middleware reflects: tracing tools and HTTP
 * clients add theirs to every call (`traceparent`, `sentry-trace`, `x-requested-with`), and a list would never be whole.
 * It protects nothing, since such an origin may act for whoever is signed in.
 */
export function corsFor(origins: Origins): CorsOptionsDelegate<IncomingMessage> {
  return (request, done) => {
    const { origin } = request.headers;
    if (origin === undefined || !origins.has(origin)) {
      done(null, { origin: false });
      return;
    }
    done(null, {
      origin,
      credentials: true,
      methods: ['GET', 'POST', 'DELETE'],
      exposedHeaders: ['X-Request-Id', 'Retry-After'],
      maxAge: 600,
    });
  };
}
