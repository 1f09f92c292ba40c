import type { IncomingMessage } from 'node:http';
import type { CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';

/**
 * Credentialed CORS for ALLOWED_ORIGINS. Any other origin gets no header, so a refusal reveals nothing.
 *
 * An allowed origin may send whatever headers it asks for, which the middleware reflects: tracing tools and HTTP
 * clients add theirs to every call (`traceparent`, `sentry-trace`, `x-requested-with`), and a list would never be whole.
 * It protects nothing, since such an origin may act for whoever is signed in.
 *
 * @param forServers paths that no script is answered at
 */
export function corsFor(
  allowedOrigins: readonly string[],
  forServers: ReadonlySet<string>,
): CorsOptionsDelegate<IncomingMessage> {
  const origins = new Set(allowedOrigins);
  return (request, done) => {
    const { origin } = request.headers;
    if (origin === undefined || !origins.has(origin) || forServers.has(pathOf(request))) {
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

function pathOf({ url = '' }: IncomingMessage): string {
  return url.replace(/\?.*/, '');
}
