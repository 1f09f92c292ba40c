import type { Config } from '../../config/config.js';
import type { Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';
import { readWay, type Way } from './read-way.js';

const NGINX = 'nginx: proxy_set_header X-Forwarded-For $remote_addr;';

/**
 * Judges whether TRUST_PROXY fits the proxies in front, by what the service saw of a request that brought a made-up
 * `X-Forwarded-For`. Too little trust, and everybody behind a proxy has one address; too much, and anybody has any.
 *
 * @param own the addresses of this machine
 */
export function judgeAddress(
  { trustProxy, publicUrl }: Pick<Config, 'trustProxy' | 'publicUrl'>,
  own: ReadonlySet<string>,
  reply: Reply,
): Judgement {
  const way = readWay(reply);
  if (way === null) {
    const status = reply.kind === 'answered' ? String(reply.status) : 'no answer';
    return warning(
      `It could not be seen which address the service takes for a browser’s (${status}).`,
      'Run this with the SESSION_SECRET of the service, its version, and a clock that is right.',
    );
  }
  const { address, peer, believed, malformed, invented, fewest, most } = way;
  if (malformed !== undefined) {
    return broken(
      `The proxy writes “${malformed.slice(0, 60)}” into X-Forwarded-For, which is no address: everybody has ${address}, and shares its limits.`,
      'Let the proxy write addresses alone, without ports.',
    );
  }
  if (invented === 'taken') {
    return warning(
      'A proxy believes what this machine says of where it comes from: whether others can choose their address could not be seen.',
      'Run this from a machine that the proxy does not believe (nginx: set_real_ip_from).',
    );
  }
  if (most === 0 && believed === 0 && (publicUrl.secure || invented === 'gone')) {
    return broken(
      `The proxy says nothing in X-Forwarded-For: everybody has its address, ${peer}, and shares its limits.`,
      `Let the proxy set it (${NGINX}), and name the proxy in TRUST_PROXY.`,
    );
  }
  if (believed < fewest) {
    return broken(
      `TRUST_PROXY does not fit: everybody who comes through the proxy at ${address} has that address, and shares its limits.`,
      `Set TRUST_PROXY to the number of proxies in front (${fewest}), or name ${address}, or its network, there as well.`,
    );
  }
  if (believed > most) return judgeBelief(trustProxy, own, way);
  if (most === 0 && trustProxy !== false) {
    return warning(
      `TRUST_PROXY is set, but no proxy that it names is on the way from here: the service sees ${address}.`,
      'Take it out where there is no proxy; else see that it names the right one.',
    );
  }
  return ok(`The service sees this machine as ${address}.`);
}

/** What was made up is believed: by everybody, or only because this machine is itself among those who are trusted. */
function judgeBelief(
  trustProxy: Config['trustProxy'],
  own: ReadonlySet<string>,
  { here, fewest, most }: Way,
): Judgement {
  if (most === 0) {
    return broken(
      'X-Forwarded-For arrives as it was sent, and is believed: whoever comes this way can choose their address.',
      `Let the proxy set it (${NGINX}); where there is none, take TRUST_PROXY out.`,
    );
  }
  if (typeof trustProxy === 'number') {
    return broken(
      'TRUST_PROXY believes more proxies than there are: whoever sends an X-Forwarded-For can choose their address.',
      `Set TRUST_PROXY to ${fewest}, or to the networks of the proxies.`,
    );
  }
  return own.has(here)
    ? ok(
        `TRUST_PROXY believes every proxy on the way, and this machine (${here}) as well.`,
        `If browsers have ${here} here, too, the proxy does not see theirs; else all is well.`,
      )
    : warning(
        `TRUST_PROXY believes ${here}, which is none of this machine’s addresses: if it is a proxy, whoever comes through it can choose their address.`,
        `If it is one, let it set X-Forwarded-For (${NGINX}). If this machine has it outside, name only the proxies’ networks.`,
      );
}
