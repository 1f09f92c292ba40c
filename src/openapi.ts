import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { Express } from 'express';
import * as z from 'zod';
import { AppModule } from './app.module.js';
import { errorRedirectSchema } from './auth/error-redirect.js';
import { problemSchema } from './common/errors/problem.js';
import { ApiAdapter, sendJson } from './common/http/api-adapter.js';
import type { Config, PublicUrl } from './config/config.js';
import { cookieNames } from './sessions/session-cookie.js';
import { SERVICE_KEY_SCHEME } from './verify/verify.openapi.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** What the operations are about, in the order in which a reader meets them. */
const TAGS: Readonly<Record<string, string>> = {
  'sign-in':
    'The way to a provider and back. A browser navigates; nothing here is for `fetch()` of another site.',
  session: 'Who is signed in, signing out, and what a refused sign-in has left pending.',
  account: 'The signed-in person’s own account.',
  sessions: 'Where they are signed in.',
  'hand-over': 'Sign-ins for other sites and apps, by a one-time code.',
  tokens: 'Short tokens for other services, and the keys by which those verify them.',
  servers: 'Who is signed in, for proxies and servers.',
  health: 'For whatever keeps the service running.',
};

/** Markdown, which is also the introduction of the page at `/docs`. */
const INTRODUCTION = `Sign-in with Google, X and Facebook, one user record per person, sessions.

**Sign somebody in** by a navigation: a link to \`/auth/google?returnTo=/inbox\`, of a provider in \`listProviders\`. It comes back to \`returnTo\` with a session cookie, which scripts do not see; or to the error URL, with the parameters of \`ErrorRedirect\`. Your \`state\` comes back with either.

**Ask who is signed in** by \`getSession\`. It answers 200 also where nobody is, with nulls. From another origin, which is one of \`ALLOWED_ORIGINS\`, with \`credentials: 'include'\`. Key what you keep by \`user.id\`.

**Change something** from the own origin or one of \`ALLOWED_ORIGINS\`; anything else is \`csrf_failed\`. What cannot be undone takes a step-up: with \`reauth_required\` send the browser to \`reauthUrl\`, and repeat the request.

**Failures** are problem details (RFC 9457) with a stable \`code\`. Each operation lists those that it may answer (\`x-error-codes\`); with 429 and 503 wait for \`Retry-After\`, and keep what you knew of who is signed in.

Times are UTC, ISO 8601 with milliseconds. Ids are UUIDs.`;

/** What the front end is asked: the parameters of the error URL are one object. */
const webhooks = {
  signInFailed: {
    get: {
      operationId: 'signInFailed',
      summary: 'A browser is told of a failure',
      description:
        'What comes to `errorTo` of a start, or else to SIGN_IN_ERROR_URL, after a sign-in, a link or a step-up that has failed.',
      tags: ['sign-in'],
      security: [],
      parameters: [
        {
          name: 'failure',
          in: 'query',
          required: true,
          style: 'form',
          explode: true,
          schema: { $ref: '#/components/schemas/ErrorRedirect' },
        },
      ],
      responses: { 200: { description: 'Your page, with a sentence for `error`.' } },
    },
  },
};

/** Serves the API's description at `/openapi.json`, made when it is first asked for. */
export function serveOpenApi(
  app: NestExpressApplication,
  server: Express,
  publicUrl: PublicUrl,
): void {
  let document: OpenAPIObject | undefined;
  server.get(openApiPath(publicUrl), (_request, response) => {
    document ??= describeApi(app, publicUrl);
    sendJson(response, document, 'application/json');
  });
}

export function openApiPath({ prefix }: PublicUrl): string {
  return `${prefix}/openapi.json`;
}

/** Describes the API of a service that is not started: nothing is instantiated, so that there need not be a database. */
export async function describeOffline(config: Config): Promise<OpenAPIObject> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.register(config),
    new ApiAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  return describeApi(app, config.publicUrl);
}

function describeApi(app: NestExpressApplication, publicUrl: PublicUrl): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Latchkey')
    .setDescription(INTRODUCTION)
    .setVersion('1')
    .addServer(publicUrl.href, 'PUBLIC_URL')
    .addCookieAuth(cookieNames(publicUrl).session)
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Latchkey-Service-Key',
        description:
          'One of SERVICE_KEYS. A wrong one is 401 `unauthenticated` anywhere, and 403 `service_key_in_browser` beside what only browsers send.',
      },
      SERVICE_KEY_SCHEME,
    )
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'lks_…' });
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), { ignoreGlobalPrefix: true });
  Object.assign(document.info, {
    contact: { name: 'Latchkey' },
    license: { name: 'MIT', identifier: 'MIT' },
  });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...ownSchemas() },
  };
  document.paths = inOrder(document.paths);
  return Object.assign(document, { webhooks });
}

/** The schemas that no route names. zod puts one that has an id under `$defs`, and a reference to it in its place. */
function ownSchemas(): object {
  const { $defs } = z.toJSONSchema(z.object({ problemSchema, errorRedirectSchema }), {
    io: 'output',
  });
  const text = JSON.stringify($defs).replaceAll('#/$defs/', '#/components/schemas/');
  return JSON.parse(text) as object;
}

function operationsOf(item: object): Operation[] {
  return Object.values(item) as Operation[];
}

/** In the order of the tags. An operation that nobody has to be signed in for says so. */
function inOrder(paths: OpenAPIObject['paths']): OpenAPIObject['paths'] {
  const order = Object.keys(TAGS);
  const place = (item: object) => order.indexOf(operationsOf(item)[0]?.tags?.[0] ?? '');
  for (const operation of Object.values(paths).flatMap(operationsOf)) operation.security ??= [];
  const entries = Object.entries(paths).toSorted(([, one], [, other]) => place(one) - place(other));
  return Object.fromEntries(entries);
}
