import { callbackUrl } from '../auth/callback-url.js';
import type { Config } from '../config/config.js';
import { type Environment, loadConfig } from '../config/load-config.js';
import { sandboxProviders } from '../config/sandbox-providers.js';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.js';
import { type OutputOptions, printJson, printLines } from './output.js';
import { stopSignal } from './stop-signals.js';

/**
 * `latchkey sandbox`: runs the sandbox providers until a signal stops them, and prints the settings with which a service at PUBLIC_URL uses
 * them. The keys among them open nothing but the sandbox.
 *
 * @throws ConfigError, also in production
 */
export async function runSandbox(environment: Environment, { json }: OutputOptions): Promise<void> {
  const config = loadConfig({ ...environment, SANDBOX: 'on' });
  if (config.sandbox === null) return;
  // Before the start: a container's first process ignores a signal that it does not listen to.
  const told = stopSignal();
  const sandbox = await startSandboxFor(config, config.sandbox.port);
  void told.then(() => sandbox.close());
  const settings = settingsFor(config.sandbox.port);
  if (json === true) return printJson({ url: sandbox.url, settings });
  printLines([
    `# The sandbox providers are at ${sandbox.url}, for a service at ${config.publicUrl.href} with:`,
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
  ]);
}

/** Starts the sandbox providers with the service registered at them. */
export function startSandboxFor(config: Config, port: number): Promise<Sandbox> {
  const { google, twitter, facebook } = sandboxProviders(port);
  return startSandbox({
    host: config.listen.host,
    port,
    clients: {
      google: { ...google, redirectUri: callbackUrl(config.publicUrl, 'google') },
      twitter: { ...twitter, redirectUri: callbackUrl(config.publicUrl, 'twitter') },
      facebook: { ...facebook, redirectUri: callbackUrl(config.publicUrl, 'facebook') },
    },
  });
}

function settingsFor(port: number): Record<string, string> {
  const { google, twitter, facebook } = sandboxProviders(port);
  return {
    SANDBOX: 'off',
    GOOGLE_CLIENT_ID: google.clientId,
    GOOGLE_CLIENT_SECRET: google.clientSecret,
    GOOGLE_ISSUER: google.issuer,
    TWITTER_CLIENT_ID: twitter.clientId,
    TWITTER_CLIENT_SECRET: twitter.clientSecret,
    TWITTER_API_URL: twitter.apiUrl,
    FACEBOOK_CLIENT_ID: facebook.clientId,
    FACEBOOK_CLIENT_SECRET: facebook.clientSecret,
    FACEBOOK_DIALOG_URL: facebook.dialogUrl,
    FACEBOOK_GRAPH_URL: facebook.graphUrl,
  };
}
