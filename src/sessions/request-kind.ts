import { providerIds } from '../common/provider-id.js';

/** What a request is counted as. */
export type RequestKind = 'any' | 'ending' | 'own' | 'step-up';

const PROVIDER = `/auth/(?:${providerIds.join('|')})`;

/** Starts and callbacks of sign-ins, which is how a browser steps up. */
const STEP_UP = new RegExp(`^GET ${PROVIDER}(?:/(?:callback|continue))?/?$`);

/** Ends one's own session, or steps an application's up. */
const OWN = /^POST \/auth\/(?:logout|[^/]+\/reauthenticate|session\/complete)\/?$/;

/** Ending sessions and disconnecting, in the API and on the pages. */
const ENDING =
  /^(?:DELETE \/users\/me\/(?:sessions|identities)(?:\/[^/]+)?|POST \/account\/(?:sign-out-everywhere|(?:sessions|disconnect)\/.+))\/?$/;

const EXCHANGE = /^POST \/auth\/session\/exchange\/?$/;

/** Whether it exchanges a code: servers do it for all their people from one address. */
export function isExchange(method: string, path: string): boolean {
  return EXCHANGE.test(`${method} ${path}`);
}

/** @param path below the prefix of PUBLIC_URL */
export function requestKind(method: string, path: string): RequestKind {
  const route = `${method} ${path}`;
  if (method === 'GET') return STEP_UP.test(route) ? 'step-up' : 'any';
  if (OWN.test(route)) return 'own';
  return ENDING.test(route) ? 'ending' : 'any';
}
