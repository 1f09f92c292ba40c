import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { createApp } from '../app.setup.js';
import { Lifecycle } from '../common/lifecycle.js';
import type { Config } from '../config/config.js';
import { keptSecret } from '../config/kept-secret.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { Connections, shutDown } from '../server/graceful-shutdown.js';
import { ServingLock } from '../database/serving-lock.js';
import { note } from './output.js';
import { startSummary } from './start-summary.js';
import type { StopSignal } from './stop-signals.js';

const logger = new Logger('Latchkey');

/**
 * Starts the service, and the sandbox providers beside it where they are on. It runs until a signal stops it, and then
 * ends the process: with code 0, or 1 when something could not be closed.
 *
 * @param stopSignal the signal that stops it
 * @throws ConfigError when the environment is not usable; AppError `store_unavailable`; ServedElsewhere; what listening throws
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
  early.lock?.release();
  process.exit(0);
}

async function start(config: Config) {
  const lock = await lockDatabase(config);
  const app = await createApp(config);
  const connections = new Connections(app.getHttpServer(), app.get(Lifecycle), config);
  if (config.sandbox !== null) {
    const { startSandboxFor } = await import('./sandbox.js');
    await startSandboxFor(config, config.sandbox.port);
  }
  await app.listen(config.listen.port, config.listen.host);
  logStartSummary(config, app.getHttpServer().address() as AddressInfo);
  void logFindings(config);
  return { app, connections, lock };
}

/** Null on PostgreSQL, where several may serve. */
async function lockDatabase({ database }: Config): Promise<ServingLock | null> {
  if (database.kind !== 'file') return null;
  return ServingLock.take(database.file, () =>
    // The service's own log is not there yet.
    note('Another process serves this database. This one waits ten seconds for it to stop.'),
  );
}

/** What the doctor sees from here, once requests are answered: no finding stops a service that runs. */
async function logFindings(config: Config): Promise<void> {
  try {
    const { findingsAtStart } = await import('../doctor/at-start.js');
    for (const { check, message, action } of await findingsAtStart(config)) {
      logger.warn({ event: 'doctor_finding', check, msg: `${message} ${action ?? ''}`.trim() });
    }
  } catch (error) {
    logger.warn('The service could not look at itself.', error);
  }
}

function logStartSummary(config: Config, listens: AddressInfo): void {
  for (const { level, text, fields } of startSummary(config, listens)) {
    logger[level](fields === undefined ? text : { msg: text, ...fields });
  }
}
