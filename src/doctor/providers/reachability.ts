import type { ProviderId } from '../../common/provider-id.js';
import type { ProvidersConfig } from '../../config/config.js';
import type { Reply } from '../ask.js';
import { broken, type Judgement, ok, warning } from '../finding.js';
import { explain } from '../network-failure.js';
import { ifOn } from './registry.js';

/** An answer that takes longer than this makes people wait, in milliseconds. */
const SLOW_MS = 2000;

/**
 * What is asked of a provider to see whether it is there.
 *
 * @returns null for a provider that is off
 */
export function probeUrl(id: ProviderId, config: ProvidersConfig): string | null {
  return ifOn(id, config, (facts, settings) => facts.probeUrl(settings));
}

/**
 * Judges whether a provider can be reached, and whether it is the one that is meant.
 *
 * @param at what was asked
 */
export function judgeReachability(
  { id, label, at }: { id: ProviderId; label: string; at: string },
  config: ProvidersConfig,
  reply: Reply,
): Judgement {
  const { host } = new URL(at);
  if (reply.kind === 'failed') {
    const { seen, action } = explain(reply.error);
    return broken(`${label}: ${host} ${seen}.`, action);
  }
  if (reply.status >= 500) {
    return warning(
      `${label}: ${host} answers ${reply.status}.`,
      'Look at the provider’s status page, and try again later.',
    );
  }
  const wrong = ifOn(id, config, (facts, settings) => facts.judgeProbe(settings, reply));
  if (wrong !== null) return wrong;
  const ms = reply.answeredAt - reply.sentAt;
  return ms > SLOW_MS
    ? warning(
        `${label}: ${host} took ${ms} ms to answer; people wait that long.`,
        'Look at this machine’s way to it: DNS, IPv6 without a route, proxy.',
      )
    : ok(`${label}: ${host} answers (${ms} ms).`);
}
