import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { problemSchema } from './common/problem.js';
import type { PublicUrl } from './config/config.js';
import { cookieName, SESSION_COOKIE } from './sessions/session-cookie.js';

/** What Swagger UI needs beyond the API's own policy: its script and style sheet, and the styles it sets itself. */
const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the API's description at `/openapi.json` and a page to read it at `/docs`. */
export function serveOpenApi(app: NestExpressApplication, publicUrl: PublicUrl): void {
  const document = describeApi(app, publicUrl);
  const docs = `${publicUrl.prefix}/docs`;
  app.use(
    docs,
    (
      _request: unknown,
      response: { setHeader(name: string, value: string): void },
      next: () => void,
    ) => {
      response.setHeader('Content-Security-Policy', docsPolicy);
      next();
    },
  );
  SwaggerModule.setup(docs, app, document, {
    jsonDocumentUrl: `${publicUrl.prefix}/openapi.json`,
    raw: ['json'],
    customSiteTitle: 'Latchkey API',
  });
}

function describeApi(app: NestExpressApplication, publicUrl: PublicUrl): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Latchkey')
      .setDescription('Sign-in with Google, X and Facebook, one user record per person, sessions.')
      .setVersion('1')
      .addServer(publicUrl.href)
      .addCookieAuth(cookieName(SESSION_COOKIE, publicUrl))
      .build(),
    { ignoreGlobalPrefix: true },
  );
  // zod puts a schema that has an id under `$defs`, and a reference to it in its place.
  const { $defs: definitions } = z.toJSONSchema(problemSchema, { io: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...(definitions as object) },
  };
  return document;
}
