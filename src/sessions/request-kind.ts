import { providerIds } from '../common/provider-id.js';

/** What a request is counted as. */
export type RequestKind = 'any' | 'ending' | 'sign-out' | 'step-up';

const PROVIDER = `/auth/(?:${providerIds.join('|')})`;

/** Starts, callbacks and hand-overs of sign-ins, by which a browser or an application steps up. */
const STEP_UP = new RegExp(
  `^(?:GET ${PROVIDER}(?:/(?:callback|continue))?|POST ${PROVIDER}(?:/reauthenticate)?|(?:GET|POST) /auth/handover/confirm|POST /auth/session/complete)/?$`,
);

const SIGN_OUT = /^POST \/auth\/logout\/?$/;

/** Ending sessions and disconnecting, in the API and on the pages. */
const ENDING =
  /^(?:DELETE \/users\/me\/(?:sessions|identities)(?:\/[^/]+)?|POST \/account\/(?:sign-out-everywhere|(?:sessions|disconnect)\/.+))\/?$/;

const EXCHANGE = /^POST \/auth\/session\/exchange\/?$/;

/** @param route its method, and its path below the prefix of PUBLIC_URL */
export function requestKind(route: string): RequestKind {
  if (STEP_UP.test(route)) return 'step-up';
  if (SIGN_OUT.test(route)) return 'sign-out';
  return ENDING.test(route) ? 'ending' : 'any';
}

/** Whether it exchanges a code: servers do it for all their people from one address. */
export function isExchange(route: string): boolean {
  return EXCHANGE.test(route);
}
