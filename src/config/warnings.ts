import type { Config } from './config.js';
import { DEVELOPMENT_SECRET } from './cross-check.js';

/** What works, but not the way the operator may think. Each is a sentence that says what to do. */
export function warningsOf(config: Config): string[] {
  const { publicUrl, providers, sandbox, secrets } = config;
  const warnings: string[] = [];
  if (sandbox !== null) {
    warnings.push(
      `The sandbox providers are on, at http://127.0.0.1:${sandbox.port}: anybody can sign in as anybody.`,
    );
  }
  if (publicUrl.secure && secrets.includes(DEVELOPMENT_SECRET)) {
    warnings.push(
      'SESSION_SECRET is the development default, which everybody knows. Set one, and NODE_ENV=production.',
    );
  }
  const realX =
    providers.twitter !== null &&
    /\.(?:x|twitter)\.com$/.test(new URL(providers.twitter.apiUrl).hostname);
  if (realX && new URL(publicUrl.href).hostname === 'localhost') {
    warnings.push(
      'X refuses callbacks on localhost. Set PUBLIC_URL to http://127.0.0.1:PORT and open the service there.',
    );
  }
  return warnings;
}
