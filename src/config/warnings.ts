import type { Config } from './config.js';
import { DEVELOPMENT_SECRET } from './cross-check.js';
import { isLoopback } from './loopback.js';

/** What works, but not the way the operator may think. Each is a sentence that says what to do. */
export function warningsOf(config: Config): string[] {
  const { publicUrl, providers, sandbox, secrets } = config;
  const warnings: string[] = [];
  const { hostname } = new URL(publicUrl.href);
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
  if (
    !config.pages &&
    [config.defaultReturnTo, config.signInErrorUrl].some((to) => isOwnPage(to, publicUrl.prefix))
  ) {
    warnings.push(
      'PAGES is off, but people are still sent to its pages. Set DEFAULT_RETURN_TO and SIGN_IN_ERROR_URL to pages of yours.',
    );
  }
  if (config.production && isLoopback(hostname)) {
    warnings.push(
      `PUBLIC_URL is ${publicUrl.href}: only browsers on this machine can sign in. Set it to the address that people use.`,
    );
  }
  if (!publicUrl.secure && !isLoopback(hostname)) {
    warnings.push(
      'PUBLIC_URL is http: browsers do not say where a request comes from there, and forms are refused. Use https.',
    );
  }
  const realX =
    providers.twitter !== null &&
    /\.(?:x|twitter)\.com$/.test(new URL(providers.twitter.apiUrl).hostname);
  if (realX && hostname === 'localhost') {
    warnings.push(
      'X refuses callbacks on localhost. Set PUBLIC_URL to http://127.0.0.1:PORT and open the service there.',
    );
  }
  return warnings;
}

function isOwnPage(destination: string, prefix: string): boolean {
  return destination === `${prefix}/` || destination === `${prefix}/account`;
}
