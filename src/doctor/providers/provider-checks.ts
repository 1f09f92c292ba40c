import { providers } from '../../providers/registry.js';
import type { ExchangeObserver } from '../../auth/provider-http/exchange-observer.js';
import { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import type { ProviderId } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import { enabledProviders } from '../../config/providers.js';
import { ask, headerOf, type Reply } from '../ask.js';
import type { Check, Subject } from '../check.js';
import { judgeClock } from '../clock.js';
import type { Judgement } from '../finding.js';
import { usesSandbox } from '../../config/providers.js';
import { judgeKeys } from './keys.js';
import { judgeReachability, probeUrl } from './reachability.js';
import { tryKeys } from './try-keys.js';

const needs = ['PROVIDER_TIMEOUT_MS'] as const;

/** Each provider is asked once; what it says of its clock and whether it is there are two things. */
const probes = new WeakMap<Config, Map<ProviderId, Promise<Reply>>>();

function probe(config: Config, id: ProviderId, url: string): Promise<Reply> {
  const known = probes.get(config) ?? new Map<ProviderId, Promise<Reply>>();
  probes.set(config, known);
  const asked = known.get(id) ?? ask({ url, timeoutMs: config.providerTimeoutMs });
  known.set(id, asked);
  return asked;
}

/** The providers that can be asked, with what was asked and what came back. */
async function probed({ config }: Subject) {
  const asked = enabledProviders(config.providers).map(async (id) => {
    const at = probeUrl(id, config.providers);
    if (at === null || usesSandbox(config, id)) return [];
    return [{ id, label: providers[id].label, at, reply: await probe(config, id, at) }];
  });
  return (await Promise.all(asked)).flat();
}

/** Whether each provider that is on can be reached. */
export const reachability: Check = {
  name: 'reachability',
  needs,
  asksOthers: true,
  look: async (subject) =>
    (await probed(subject)).map(({ reply, ...provider }) =>
      judgeReachability(provider, subject.config.providers, reply),
    ),
};

/** This machine's clock against the providers'. */
export const clock: Check = {
  name: 'clock',
  needs,
  asksOthers: true,
  look: async (subject) =>
    (await probed(subject)).flatMap(({ label, reply }): Judgement[] => {
      if (reply.kind === 'failed') return [];
      const { sentAt, answeredAt } = reply;
      return [judgeClock({ label, date: headerOf(reply, 'date'), sentAt, answeredAt })];
    }),
};

/** The doctor tells of an exchange in its own words. */
const unobserved: Pick<ExchangeObserver, 'observe'> = { observe: (_exchange, work) => work({}) };

/** Whether each provider knows the keys. One that cannot be reached is not asked. */
export const keys: Check = {
  name: 'keys',
  needs: [...needs, 'PUBLIC_URL'],
  asksOthers: true,
  async look(subject) {
    const http = new ProviderHttp(subject.config, unobserved);
    try {
      const there = (await probed(subject)).filter(({ reply }) => reply.kind === 'answered');
      const answers = await Promise.all(there.map(({ id }) => tryKeys(id, subject.config, http)));
      return answers.flatMap((answer) => (answer === null ? [] : [judgeKeys(answer)]));
    } finally {
      await http.onApplicationShutdown();
    }
  },
};
