import { providerIds } from '../common/provider-id.js';
import type { Warning } from '../providers/provider.js';
import { ifEnabled } from '../providers/registry.js';
import type { Config } from './config.js';
import { DEVELOPMENT_SECRET } from './cross-check.js';
import { isLoopback } from '../common/url.js';

/** Valid settings that probably do not do what the operator expects. */
export function warningsOf(config: Config): Warning[] {
  const { publicUrl, sandbox, secrets } = config;
  const warnings: Warning[] = [];
  const warn = (variable: string, message: string, action: string) =>
    warnings.push({ variable, message, action });
  const { hostname } = new URL(publicUrl.href);
  if (sandbox !== null) {
    warn(
      'SANDBOX',
      `The sandbox providers are on, at http://127.0.0.1:${sandbox.port}: anybody can sign in as anybody.`,
      'Set the keys of a provider, or SANDBOX=off, where others can reach the service.',
    );
  }
  if (publicUrl.secure && secrets.includes(DEVELOPMENT_SECRET)) {
    warn(
      'SESSION_SECRET',
      'SESSION_SECRET is the development default, which everybody knows.',
      'Set one, and NODE_ENV=production.',
    );
  }
  if (
    !config.pages &&
    [config.defaultReturnTo, config.signInErrorUrl].some((to) => isOwnPage(to, publicUrl.prefix))
  ) {
    warn(
      'PAGES',
      'PAGES is off, but people are still sent to its pages.',
      'Set DEFAULT_RETURN_TO and SIGN_IN_ERROR_URL to pages of yours.',
    );
  }
  if (config.production && isLoopback(hostname)) {
    warn(
      'PUBLIC_URL',
      `PUBLIC_URL is ${publicUrl.href}: only browsers on this machine can sign in.`,
      'Set it to the address that people use.',
    );
  }
  if (!publicUrl.secure && !isLoopback(hostname)) {
    warn(
      'PUBLIC_URL',
      'PUBLIC_URL is http: browsers do not say where a request comes from there, and forms are refused.',
      'Use https.',
    );
  }
  const ofProviders = providerIds.map((id) =>
    ifEnabled(id, config.providers, (definition, settings) =>
      definition.warnings?.(settings, publicUrl.href),
    ),
  );
  return [...warnings, ...ofProviders.flatMap((some) => some ?? [])];
}

function isOwnPage(destination: string, prefix: string): boolean {
  return destination === `${prefix}/` || destination === `${prefix}/account`;
}
