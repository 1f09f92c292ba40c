import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import * as z from 'zod';
import { problemSchema } from './common/errors/problem.js';
import type { PublicUrl } from './config/config.js';
import { docsPage, docsPolicy } from './docs-page.js';
import { cookieName, SESSION_COOKIE } from './sessions/session-cookie.js';

/** Serves the API's description at `/openapi.json`, made when it is first asked for, and a page to read it at `/docs`. */
export function serveOpenApi(app: NestExpressApplication, publicUrl: PublicUrl): void {
  let document: OpenAPIObject | undefined;
  const describe = (): OpenAPIObject => (document ??= describeApi(app, publicUrl));
  const docs = `${publicUrl.prefix}/docs`;
  const page = docsPage(docs);
  app.use(docs, (request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Content-Security-Policy', docsPolicy);
    // The page itself; what it loads, Swagger UI serves.
    if (request.path === '/' && ['GET', 'HEAD'].includes(request.method)) {
      response.type('html').send(page);
    } else next();
  });
  SwaggerModule.setup(docs, app, describe, {
    jsonDocumentUrl: `${publicUrl.prefix}/openapi.json`,
    raw: ['json'],
    // Without the bar on top, which shows Swagger's name.
    swaggerOptions: { layout: 'BaseLayout' },
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
