import type { IncomingMessage } from 'node:http';
import type { CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';

/**
 * Lets the front ends of ALLOWED_ORIGINS call the API with the person's cookie. Any other origin gets no header at all,
 * not even a refusal that names what would be allowed.
 */
export function corsFor(allowedOrigins: readonly string[]): CorsOptionsDelegate<IncomingMessage> {
  const origins = new Set(allowedOrigins);
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
      allowedHeaders: ['Content-Type'],
      exposedHeaders: ['X-Request-Id', 'Retry-After'],
      maxAge: 600,
    });
  };
}
