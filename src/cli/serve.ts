import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../app.setup.js';
import { Lifecycle } from '../common/lifecycle.js';
import type { Config } from '../config/config.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { Connections } from './connections.js';
import { startSummary } from './start-summary.js';
import type { StopSignal } from './stop-signals.js';

/** How often one callback asks a provider: discovery or keys, token, profile. Each may take its whole time. */
const EXCHANGES = 3;

/** How much longer than its providers may take a request in flight may take when the service stops. */
const GRACE_MS = 3000;

/**
 * Starts the service, and the sandbox providers beside it where they are on. It runs until a signal stops it, and then
 * ends the process: with code 0, or 1 when something could not be closed.
 *
 * @param told the signal that stops it
 * @throws ConfigError when the environment is not usable; AppError `store_unavailable`; what listening throws
 */
export async function serve(environment: Environment, told: Promise<StopSignal>): Promise<void> {
  const config = loadConfig(environment);
  const started = start(config);
  const early = await Promise.race([started, told]);
  // Nobody has been let in yet, and a migration is whole or not there.
  if (typeof early === 'string') process.exit(0);
  await endInTime(early.app, early.connections, config, await told);
  process.exit(0);
}

async function start(config: Config) {
  const app = await createApp(config);
  const connections = new Connections(app.getHttpServer(), app.get(Lifecycle));
  if (config.sandbox !== null) {
    const { startSandboxFor } = await import('./sandbox.js');
    await startSandboxFor(config, config.sandbox.port);
  }
  await app.listen(config.listen.port, config.listen.host);
  announce(config);
  return { app, connections };
}

/**
 * Brings the service to its end. First it only says that it is not ready, and goes on answering, until those who send
 * requests have heard it. Then it takes nothing new, and what is in flight may finish, a provider's answer included; but
 * a client that sends nothing more does not hold the process up for ever. The database is closed last.
 */
async function endInTime(
  app: NestExpressApplication,
  connections: Connections,
  { shutdownDrainMs, providerTimeoutMs }: Config,
  signal: StopSignal,
): Promise<void> {
  app.get(Lifecycle).stop();
  connections.startDraining();
  if (signal === 'SIGTERM') await sleep(shutdownDrainMs);
  setTimeout(() => connections.breakOff(), EXCHANGES * providerTimeoutMs + GRACE_MS).unref();
  await connections.close();
  await app.close();
}

function announce(config: Config): void {
  const logger = new Logger('Latchkey');
  for (const { level, text, fields } of startSummary(config)) {
    logger[level](fields === undefined ? text : { msg: text, ...fields });
  }
}
