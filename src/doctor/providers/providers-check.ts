import type { ExchangeObserver } from '../../auth/provider-http/exchange-observer.js';
import { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import { enabledProviders, usesSandbox } from '../../config/providers.js';
import { providers } from '../../providers/registry.js';
import { type Check, type Result, skipped } from '../check.js';
import { ask, headerOf } from '../http.js';
import { checkClock } from './clock.js';
import { checkKeys, tryKeys } from './keys.js';
import { checkReachability, probeOf } from './reachability.js';

const noObserver: Pick<ExchangeObserver, 'observe'> = { observe: (_exchange, work) => work({}) };

/** Whether each provider that is on is reachable, agrees on the time, and accepts the keys. */
export const providersOnline: Check = {
  name: 'reachability',
  needs: ['PROVIDER_TIMEOUT_MS'],
  online: true,
  async run({ config, unusable }) {
    const http = new ProviderHttp(config, noObserver);
    const withKeys = !unusable.has('PUBLIC_URL');
    try {
      const results = await Promise.all(
        enabledProviders(config.providers)
          .filter((id) => !usesSandbox(config, id))
          .map((id) => checkProvider(id, config, withKeys ? http : null)),
      );
      if (!withKeys) results.push([{ check: 'keys', ...skipped(['PUBLIC_URL']) }]);
      return inGroups(results.flat());
    } finally {
      await http.onApplicationShutdown();
    }
  },
};

/** @param http null when the keys cannot be checked */
async function checkProvider(
  id: ProviderId,
  config: Config,
  http: ProviderHttp | null,
): Promise<Result[]> {
  const probe = probeOf(id, config.providers);
  if (probe === null) return [];
  const reply = await ask({ url: probe.url, timeoutMs: config.providerTimeoutMs });
  const reachability = checkReachability(id, probe, reply);
  if (reply.kind === 'failed') return [reachability];
  const { sentAt, answeredAt } = reply;
  const { label } = providers[id];
  const clock = checkClock({ label, date: headerOf(reply, 'date'), sentAt, answeredAt });
  const answer = http === null ? null : await tryKeys(id, config, http);
  const keys = answer === null ? [] : [{ check: 'keys', ...checkKeys(answer) }];
  return [reachability, { check: 'clock', ...clock }, ...keys];
}

/** Provider by provider within each group. */
function inGroups(results: readonly Result[]): Result[] {
  const groups = [undefined, 'clock', 'keys'];
  return groups.flatMap((group) => results.filter(({ check }) => check === group));
}
