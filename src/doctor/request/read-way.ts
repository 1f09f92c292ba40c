import { isIP } from 'node:net';
import { type Sighting, sightingSchema } from '../../common/http/address-question.js';
import { parseJson } from '../../common/parse-json.js';
import type { Reply } from '../ask.js';

/**
 * What the doctor claims in `X-Forwarded-For`, as anybody can claim anything. Nobody has these addresses (TEST-NET-1,
 * RFC 5737). There are two, so that it shows whether the header was passed on or a proxy took one for this machine's.
 */
export const INVENTED = ['192.0.2.1', '192.0.2.2'] as const;

/** A request's way from this machine to the service, as the service saw it. */
export interface Way extends Sighting {
  /** The address with which this machine arrived: at the first proxy that tells it, or at the service. */
  here: string;
  /** What the proxies wrote that is no address; undefined where all is well. */
  malformed: string | undefined;
  /**
   * How many proxies tell of those before them. A proxy that has another one's word for an address (nginx: realip) may
   * write it a second time, so it is between these two.
   */
  fewest: number;
  most: number;
  /** What became of the invented addresses: taken away, kept as they were sent, or one taken for this machine's. */
  invented: 'gone' | 'kept' | 'taken';
}

/** Reads the answer to the doctor's question; null when it is none. */
export function readWay(reply: Reply): Way | null {
  if (reply.kind === 'failed' || reply.status !== 200) return null;
  const seen = sightingSchema.safeParse(parseJson(reply.body)).data;
  if (seen === undefined) return null;
  const { forwardedFor, peer } = seen;
  const made = forwardedFor.lastIndexOf(INVENTED[1]);
  const told = forwardedFor.slice(made + 1);
  const [here = peer] = told;
  const other = told.findIndex((address) => address !== here);
  const repeats = Math.max(0, (other === -1 ? told.length : other) - 1);
  const isWhole = made === 1 && forwardedFor[0] === INVENTED[0];
  return {
    ...seen,
    here,
    malformed: told.find((address) => isIP(address) === 0),
    fewest: told.length - repeats,
    most: told.length,
    invented: made === -1 ? 'gone' : isWhole ? 'kept' : 'taken',
  };
}
