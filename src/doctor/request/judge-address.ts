import { BlockList, isIP } from 'node:net';
import { type Sighting, sightingSchema } from '../../common/address-question.js';
import { parseJson } from '../../common/parse-json.js';
import type { Config } from '../../config/config.js';
import type { Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

/** Nobody has this address (TEST-NET-1, RFC 5737): the doctor claims it, as anybody can claim any. */
export const INVENTED = '192.0.2.1';

const SET_IT = 'Let the proxy set it (nginx: proxy_set_header X-Forwarded-For $remote_addr;)';

/**
 * Judges whether TRUST_PROXY fits the proxies in front, by what the service saw of a request that brought a made-up
 * `X-Forwarded-For`. Too little trust, and everybody behind a proxy has one address; too much, and anybody has any.
 */
export function judgeAddress(
  { trustProxy, publicUrl }: Pick<Config, 'trustProxy' | 'publicUrl'>,
  reply: Reply,
): Judgement {
  const seen = read(reply);
  if (seen === null) {
    const status = reply.kind === 'answered' ? String(reply.status) : 'no answer';
    return warning(
      `It could not be seen which address the service takes for a browser’s (${status}).`,
      'Run this with the SESSION_SECRET of the service, its version, and a clock that is right.',
    );
  }
  const { address, peer, believed, forwardedFor } = seen;
  // What the proxies say, from this machine on: what was made up stands before it, where they let it through.
  const arrived = forwardedFor.includes(INVENTED);
  const way = [...forwardedFor.slice(forwardedFor.indexOf(INVENTED) + 1), peer];
  const [here = peer] = way;
  const proxies = way.length - 1;
  const noAddress = way.find((hop) => isIP(hop) === 0);
  if (noAddress !== undefined) {
    return broken(
      `The proxy writes “${noAddress.slice(0, 60)}” into X-Forwarded-For, which is no address: everybody has ${address}, and shares its limits.`,
      'Let the proxy write addresses alone, without ports.',
    );
  }
  if (proxies === 0 && believed === 0 && (publicUrl.secure || !arrived)) {
    return broken(
      `The proxy says nothing in X-Forwarded-For: everybody has its address, ${peer}, and shares its limits.`,
      `${SET_IT}, and name the proxy in TRUST_PROXY.`,
    );
  }
  if (believed < proxies) {
    return broken(
      `TRUST_PROXY does not fit: everybody who comes through the proxy at ${address} has that address, and shares its limits.`,
      `Set TRUST_PROXY to the number of proxies in front (${proxies}), or name ${address}, or its network, there as well.`,
    );
  }
  if (believed > proxies) return judgeBelief(trustProxy, here, proxies);
  if (proxies === 0 && trustProxy !== false) {
    return warning(
      `TRUST_PROXY is set, but no proxy that it names is on the way from here: the service sees ${address}.`,
      'Take it out where there is no proxy; else see that it names the right one.',
    );
  }
  return ok(`The service sees this machine as ${address}.`);
}

/** What was made up is believed: by everybody, or only because this machine is itself among those who are trusted. */
function judgeBelief(trustProxy: Config['trustProxy'], here: string, proxies: number): Judgement {
  if (proxies === 0) {
    return broken(
      'X-Forwarded-For arrives as it was sent, and is believed: whoever comes this way can choose their address.',
      `${SET_IT}; where there is none, take TRUST_PROXY out.`,
    );
  }
  if (typeof trustProxy === 'number') {
    return broken(
      'TRUST_PROXY believes more proxies than there are: whoever sends an X-Forwarded-For can choose their address.',
      `Set TRUST_PROXY to ${proxies}, or to the networks of the proxies.`,
    );
  }
  return inside.check(here, isIP(here) === 6 ? 'ipv6' : 'ipv4')
    ? ok(
        `TRUST_PROXY believes every proxy on the way, and this machine (${here}) as well.`,
        `If browsers have ${here} here, too, the proxy does not see theirs; else all is well.`,
      )
    : warning(
        `TRUST_PROXY believes ${here}, which this machine has outside: it could choose its address.`,
        'Name only the networks of the proxies.',
      );
}

/** Loopback, link-local and private networks (RFC 1918, 4193, 6598), where proxies stand and people do not. */
const inside = new BlockList();
for (const [network, length] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  inside.addSubnet(network, length, 'ipv4');
}
inside.addAddress('::1', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');
inside.addSubnet('fe80::', 10, 'ipv6');

function read(reply: Reply): Sighting | null {
  if (reply.kind === 'failed' || reply.status !== 200) return null;
  return sightingSchema.safeParse(parseJson(reply.body)).data ?? null;
}
