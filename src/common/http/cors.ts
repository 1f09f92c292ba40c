import type { IncomingMessage } from 'node:http';
import type { CorsOptionsDelegate } from '@nestjs/common/interfaces/external/cors-options.interface.js';

/** Credentialed CORS for ALLOWED_ORIGINS. Any other origin gets no header, so a refusal reveals nothing. */
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
