import { callbackUrl, sandboxSettings, sandboxVariables } from '../config/providers.js';
import { type ProviderId, providerIds } from '../common/provider-id.js';
import type { Config } from '../config/config.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import type { SandboxClient } from '../sandbox/core/provider.js';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.js';
import { type OutputOptions, printJson, printLines } from './output.js';
import { waitForStopSignal } from './stop-signals.js';

/**
 * `latchkey sandbox`: runs the sandbox providers until a signal stops them, and prints the settings with which a service
 * at PUBLIC_URL uses them. The keys among them open nothing but the sandbox.
 *
 * @throws ConfigError, also in production
 */
export async function runSandbox(environment: Environment, { json }: OutputOptions): Promise<void> {
  const config = loadConfig({ ...environment, SANDBOX: 'on' });
  if (config.sandbox === null) return;
  // Before the start: a container's first process ignores a signal that it does not listen to.
  const stopSignal = waitForStopSignal();
  const sandbox = await startSandboxFor(config, config.sandbox.port);
  void stopSignal.then(() => sandbox.close());
  const settings = { SANDBOX: 'off', ...sandboxVariables(config.sandbox.port) };
  if (json === true) return printJson({ url: sandbox.url, settings });
  printLines([
    `# The sandbox providers are at ${sandbox.url}, for a service at ${config.publicUrl.href} with:`,
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
  ]);
}

/**
 * Starts the sandbox providers with the service registered at them.
 *
 * @param port where they listen, on the service's own host
 * @returns the running sandbox; the caller closes it
 * @throws what listening throws
 */
export function startSandboxFor(config: Config, port: number): Promise<Sandbox> {
  const clients = providerIds.map((id) => {
    const { clientId, clientSecret } = sandboxSettings(id, port);
    return [id, { clientId, clientSecret, redirectUri: callbackUrl(config.publicUrl, id) }];
  });
  return startSandbox({
    host: config.listen.host,
    port,
    clients: Object.fromEntries(clients) as Record<ProviderId, SandboxClient>,
  });
}
