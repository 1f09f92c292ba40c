import { providerIds } from '../common/provider-id.js';
import type { Warning } from '../providers/provider.js';
import { ifEnabled } from '../providers/registry.js';
import { type Config, ownPages } from './config.js';
import { isLoopback } from '../common/url.js';
import { providerAddresses } from './providers.js';

/** Valid settings that probably do not do what the operator expects. */
export function warningsOf(config: Config): Warning[] {
  const { publicUrl, sandbox } = config;
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
  if (!isLoopback(hostname)) {
    for (const { variable, url } of providerAddresses(config.providers)) {
      if (!isLoopback(new URL(url).hostname)) continue;
      warn(
        variable,
        `${variable} is on this machine, and PUBLIC_URL is not: whoever answers there says who people are.`,
        'Leave it out, unless it is meant.',
      );
    }
  }
  for (const { variable, meant } of config.misspelt) {
    warn(
      variable,
      `${variable} is set, and no variable of Latchkey: it is ignored.`,
      `If ${meant} is meant, call it that.`,
    );
  }
  if (
    !config.pages &&
    [config.defaultReturnTo, config.signInErrorUrl].some((to) => ownPages(publicUrl).includes(to))
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
  const ofProviders = providerIds.map((id) =>
    ifEnabled(id, config.providers, (definition, settings) =>
      definition.warnings?.(settings, publicUrl.href),
    ),
  );
  return [...warnings, ...ofProviders.flatMap((some) => some ?? [])];
}
