import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Express } from 'express';
import * as z from 'zod';
import { problemSchema } from './common/errors/problem.js';
import { sendJson } from './common/http/api-adapter.js';
import type { Config, PublicUrl } from './config/config.js';
import { cookieNames } from './sessions/session-cookie.js';
import { SERVICE_KEY_SCHEME } from './verify/verify.openapi.js';

/** Serves the API's description at `/openapi.json`, made when it is first asked for. */
export function serveOpenApi(
  app: NestExpressApplication,
  server: Express,
  config: Pick<Config, 'publicUrl' | 'brand'>,
): void {
  let document: OpenAPIObject | undefined;
  server.get(openApiPath(config.publicUrl), (_request, response) => {
    document ??= describeApi(app, config);
    sendJson(response, document, 'application/json');
  });
}

export function openApiPath({ prefix }: PublicUrl): string {
  return `${prefix}/openapi.json`;
}

function describeApi(
  app: NestExpressApplication,
  { publicUrl, brand }: Pick<Config, 'publicUrl' | 'brand'>,
): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle(brand.name ?? 'Latchkey')
      .setDescription('Sign-in with Google, X and Facebook, one user record per person, sessions.')
      .setVersion('1')
      .addServer(publicUrl.href)
      .addCookieAuth(cookieNames(publicUrl).session)
      .addApiKey(
        { type: 'apiKey', in: 'header', name: 'X-Latchkey-Service-Key' },
        SERVICE_KEY_SCHEME,
      )
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'lks_…' })
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
