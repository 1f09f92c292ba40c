import type { ProviderId } from '../../common/provider-id.js';
import type { Config } from '../../config/config.js';
import { enabledProviders } from '../../config/providers.js';
import { type ProvidersConfig, providers } from '../../providers/registry.js';
import { ask } from '../ask.js';
import type { Check } from '../check.js';
import type { Judgement } from '../finding.js';
import { certificateEnd, judgeCertificate } from './certificate.js';
import { judgeLive } from './judge-answer.js';
import { foreignRequests, judgeForeign } from './judge-cross-site.js';
import { judgeProviderList } from './judge-providers.js';
import { judgeStart } from './judge-start.js';

/** What a browser would need to work, tried on the running service through PUBLIC_URL. */
export const request: Check = {
  name: 'request',
  needs: ['PUBLIC_URL', 'PROVIDER_TIMEOUT_MS'],
  asksOthers: true,
  async look({ config, now }) {
    const { publicUrl, providerTimeoutMs: timeoutMs } = config;
    const live = judgeLive(
      publicUrl,
      await ask({ url: `${publicUrl.href}/health/live`, timeoutMs }),
    );
    // Whatever else would be seen is about something that is not the service.
    if (live.status === 'broken') return [live];
    const found = await Promise.all([
      lookAtCertificate(config, now),
      lookAtProviders(config),
      lookAtStart(config),
      ...Object.keys(foreignRequests).map((header) => lookAtForeign(config, header)),
    ]);
    return [live, ...found.flat()];
  },
};

async function lookAtCertificate(config: Config, now: Date): Promise<Judgement[]> {
  if (!config.publicUrl.secure) return [];
  const end = await certificateEnd(config.publicUrl.href, config.providerTimeoutMs);
  return [judgeCertificate(end, now)];
}

async function lookAtProviders(config: Config): Promise<Judgement[]> {
  const url = `${config.publicUrl.href}/auth/providers`;
  return [judgeProviderList(config, await ask({ url, timeoutMs: config.providerTimeoutMs }))];
}

/** The provider with which a start is tried: one will do, best one that shows its redirect URI. None where none is on. */
export function providerToStart(config: ProvidersConfig): ProviderId | undefined {
  return enabledProviders(config).toSorted((one, other) => shows(other) - shows(one))[0];
}

/** 1 or 0, to sort by. */
function shows(id: ProviderId): number {
  return Number(providers[id].protocol !== 'OAuth 1.0a');
}

async function lookAtStart(config: Config): Promise<Judgement[]> {
  const id = providerToStart(config.providers);
  if (id === undefined) return [];
  const { href } = config.publicUrl;
  const headers = { accept: 'text/html', 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' };
  // The service may have to ask the provider first.
  const timeoutMs = config.providerTimeoutMs * 2;
  return judgeStart(
    config.publicUrl,
    id,
    await ask({ url: `${href}/auth/${id}`, headers, timeoutMs }),
  );
}

async function lookAtForeign(config: Config, header: string): Promise<Judgement[]> {
  const reply = await ask({
    url: `${config.publicUrl.href}/auth/logout`,
    method: 'POST',
    headers: foreignRequests[header] ?? {},
    timeoutMs: config.providerTimeoutMs,
  });
  return [judgeForeign(header, reply)];
}
