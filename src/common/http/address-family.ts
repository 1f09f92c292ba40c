/** How to connect to a name that has addresses of both families. */
export interface AddressFamilyOptions {
  autoSelectFamily: true;
  autoSelectFamilyAttemptTimeout: number;
}

/**
 * Tries the addresses of a name one after the other, and lets each take two thirds of the time that there is: on a host
 * without IPv6 the other third is more than enough to find that out, and where one family's packets are lost, enough for
 * the other. By Node's own default, 250 ms, a server that is further away than that has no address that works
 * (https://nodejs.org/api/net.html#socketconnectoptions-connectlistener).
 *
 * @param connectTimeoutMs for all addresses together
 */
export function bothFamilies(connectTimeoutMs: number): AddressFamilyOptions {
  return {
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor((connectTimeoutMs * 2) / 3)),
  };
}
