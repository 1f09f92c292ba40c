import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import { AppModule } from './app.module.js';
import { ApiAdapter } from './common/http/api-adapter.js';
import { bodyParser, inOrder, noStore, underPrefix } from './common/http/middleware.js';
import { recordClientIp, warnOfUntrustedProxies } from './common/http/client-ip.js';
import { readBearer } from './common/http/bearer.js';
import { corsFor } from './common/http/cors.js';
import { crossSiteCheck } from './common/http/cross-site.js';
import { developmentHints } from './common/http/development-hints.js';
import { createLogger } from './common/logging/logger.js';
import { NestLogger, StartLogger } from './common/logging/nest-logger.js';
import { refuseMisdirected } from './common/http/misdirected.js';
import { requestLogging } from './common/logging/request-log.js';
import { type Config, originsOf } from './config/config.js';
import { isTargetOrigin } from './config/handover-targets.js';
import { serveDocs } from './docs-page.js';
import { letsAnybodyIn } from './config/providers.js';
import { serveOpenApi } from './openapi.js';
import { readsNoCookie, takesNoCookie } from './handover/cross-origin.js';
import { BearerSessions } from './sessions/bearer-sessions.service.js';
import { readOwnCookies } from './sessions/own-cookies.js';
import { RequestLimits, requestLimiting } from './sessions/request-limits.js';
import { serviceKeyCheck } from './sessions/service-key.js';
import { Metrics } from './telemetry/metrics.js';
import { requestTelemetry } from './telemetry/request-telemetry.js';
import { Tracing } from './telemetry/tracing.js';
import { findMetadata, openDocuments } from './tokens/well-known.js';
import { IssuersService } from './users/issuers.service.js';

/** What an API answer may load or be framed by: nothing. Pages send a policy of their own. */
const apiPolicy = {
  useDefaults: false,
  directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"] },
};

/**
 * Builds the service, ready to listen. Tests and `main` share it.
 *
 * @throws AppError `store_unavailable` when the database cannot be opened
 */
export async function createApp(config: Config): Promise<NestExpressApplication> {
  const server = express();
  // Paths are told apart by case (RFC 9110 §4.2.3). Express reads this before its first route.
  server.enable('case sensitive routing');
  const logger = createLogger({ level: config.logLevel, pretty: !config.production });
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.register(config),
    new ApiAdapter(server),
    { logger: new StartLogger(logger), bodyParser: false, abortOnError: false },
  );
  const { publicUrl, trustProxy } = config;
  const origins = originsOf(config);
  const isTarget = (origin: string) => isTargetOrigin(config.handoverTargets, origin);
  if (publicUrl.prefix !== '') app.setGlobalPrefix(publicUrl.prefix);
  app.set('trust proxy', trustProxy);
  app.set('query parser', 'simple');
  app.disable('etag');
  app.disable('x-powered-by');
  setPublicProtocol(server, publicUrl.secure);
  app.useSecurityHeaders({
    contentSecurityPolicy: apiPolicy,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Pages have it (`pageHeaders`).
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-site' },
    strictTransportSecurity: publicUrl.secure
      ? { maxAge: 31_536_000, includeSubDomains: false }
      : false,
  });
  const health = new Set(['live', 'ready'].map((check) => `${publicUrl.prefix}/health/${check}`));
  app.use(
    inOrder(
      recordClientIp(trustProxy !== false),
      requestLogging(logger, health),
      requestTelemetry(app.get(Metrics), app.get(Tracing), publicUrl.prefix),
      noStore,
      ...(letsAnybodyIn(config)
        ? [
            refuseMisdirected(logger, {
              trustProxy: trustProxy !== false,
              publicUrl: publicUrl.href,
            }),
          ]
        : []),
      warnOfUntrustedProxies(logger),
      ...(publicUrl.prefix === '' ? [] : [findMetadata(publicUrl)]),
      ...(config.sandbox === null
        ? []
        : [developmentHints(logger, { ...config, origins, isTarget })]),
    ),
  );
  const open = openDocuments(publicUrl);
  const verify = `${publicUrl.prefix}/auth/verify`;
  const forServers = new Set([verify, `${verify}/`]);
  const cors = { open, forServers, takesNoCookie: takesNoCookie(config) };
  app.enableCors(corsFor(origins, cors));
  app.use(
    inOrder(
      serviceKeyCheck(config.serviceKeys, app.get(RequestLimits)),
      readBearer,
      readOwnCookies(publicUrl, forServers),
      // Of those that it has to ask the store about `/auth/verify` counts each itself.
      requestLimiting(app.get(RequestLimits), new Set([...health, ...open, ...forServers])),
      ...(publicUrl.prefix === '' ? [] : [underPrefix(publicUrl.prefix)]),
      crossSiteCheck(publicUrl.origin, origins, readsNoCookie(config)),
      bodyParser,
    ),
  );
  serveOpenApi(app, server, config);
  if (config.docs) serveDocs(server, config);
  await app.init();
  await app.get(IssuersService).check();
  await app.get(BearerSessions).endStrangers();
  app.useLogger(new NestLogger(logger));
  return app;
}

/**
 * Tells Express the scheme that browsers see. It comes from PUBLIC_URL and not from the connection, which is plain http
 * behind a proxy that ends TLS, nor from a header, which anybody can send: express-session would otherwise leave out
 * the `Secure` session cookie.
 */
function setPublicProtocol(server: Express, secure: boolean): void {
  Object.defineProperty(server.request, 'protocol', {
    configurable: true,
    get: () => (secure ? 'https' : 'http'),
  });
}
