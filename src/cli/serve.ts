import { Logger } from '@nestjs/common';
import { createApp } from '../app.setup.js';
import { Lifecycle } from '../common/lifecycle.js';
import type { Config } from '../config/config.js';
import { keptSecret } from '../config/kept-secret.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { Connections, shutDown } from '../server/graceful-shutdown.js';
import { startSummary } from './start-summary.js';
import type { StopSignal } from './stop-signals.js';

/**
 * Starts the service, and the sandbox providers beside it where they are on. It runs until a signal stops it, and then
 * ends the process: with code 0, or 1 when something could not be closed.
 *
 * @param stopSignal the signal that stops it
 * @throws ConfigError when the environment is not usable; AppError `store_unavailable`; what listening throws
 */
export async function serve(
  environment: Environment,
  stopSignal: Promise<StopSignal>,
): Promise<void> {
  const config = loadConfig(environment, keptSecret);
  const started = start(config);
  const early = await Promise.race([started, stopSignal]);
  // Nobody has been let in yet, and a migration is whole or not there.
  if (typeof early === 'string') process.exit(0);
  await shutDown(early.app, early.connections, config, await stopSignal);
  process.exit(0);
}

async function start(config: Config) {
  const app = await createApp(config);
  const connections = new Connections(app.getHttpServer(), app.get(Lifecycle), config);
  if (config.sandbox !== null) {
    const { startSandboxFor } = await import('./sandbox.js');
    await startSandboxFor(config, config.sandbox.port);
  }
  await app.listen(config.listen.port, config.listen.host);
  logStartSummary(config);
  return { app, connections };
}

function logStartSummary(config: Config): void {
  const logger = new Logger('Latchkey');
  for (const { level, text, fields } of startSummary(config)) {
    logger[level](fields === undefined ? text : { msg: text, ...fields });
  }
}
