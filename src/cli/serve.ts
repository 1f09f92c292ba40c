import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../app.setup.js';
import { enabledProviders } from '../auth/providers.js';
import type { Config } from '../config/config.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { warningsOf } from '../config/warnings.js';
import { startSandboxFor } from './sandbox.js';

/** How much longer than a provider may take a request in flight may take when the service stops. */
const GRACE_MS = 3000;

/**
 * Starts the service, and the sandbox providers beside it where they are on. It runs until a signal stops it.
 *
 * @throws ConfigError when the environment is not usable; AppError `store_unavailable`; what listening throws
 */
export async function serve(environment: Environment): Promise<void> {
  const config = loadConfig(environment);
  const app = await createApp(config);
  if (config.sandbox !== null) await startSandboxFor(config, config.sandbox.port);
  await app.listen(config.listen.port, config.listen.host);
  endInTime(app, config);
  announce(config);
}

/**
 * Sees to it that a stop comes to an end: what is in flight may finish, a provider's answer included, but a client that
 * sends nothing more does not hold the process up for ever.
 */
function endInTime(app: NestExpressApplication, { providerTimeoutMs }: Config): void {
  const close = () =>
    setTimeout(() => app.getHttpServer().closeAllConnections(), providerTimeoutMs + GRACE_MS);
  process.once('SIGTERM', close);
  process.once('SIGINT', close);
}

function announce(config: Config): void {
  const logger = new Logger('Latchkey');
  const enabled = enabledProviders(config.providers);
  logger.log(
    `Latchkey is ready: ${config.publicUrl.href}${config.pages ? '/' : '/auth/providers'}`,
  );
  logger.log(`Providers: ${enabled.join(', ') || 'none (set the keys of one, see .env.example)'}`);
  for (const warning of warningsOf(config)) logger.warn(warning);
}
