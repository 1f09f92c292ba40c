import type { Config } from '../../config/config.js';
import type { Check, Result } from '../check.js';
import { ask } from '../http.js';
import { certificateEnd, checkCertificate } from './certificate.js';
import {
  checkCrossSite,
  checkLive,
  checkProviderList,
  crossSiteHeaders,
} from './service-answers.js';
import { checkStart, providerToStart } from './sign-in-start.js';

/** What a browser needs, tried on the running service through PUBLIC_URL. */
export const request: Check = {
  name: 'request',
  needs: ['PUBLIC_URL', 'PROVIDER_TIMEOUT_MS'],
  async run({ config, now }) {
    const { publicUrl, providerTimeoutMs: timeoutMs } = config;
    const { href } = publicUrl;
    const live = checkLive(publicUrl, await ask({ url: `${href}/health/live`, timeoutMs }));
    // Further answers would not be the service's.
    if (live.status === 'broken') return [live];
    const results = await Promise.all([
      requestCertificate(config, now),
      ask({ url: `${href}/auth/providers`, timeoutMs }).then((reply) =>
        checkProviderList(config, reply),
      ),
      requestStart(config),
      ...crossSiteHeaders.map(async ({ name, headers }) =>
        checkCrossSite(
          name,
          await ask({ url: `${href}/auth/logout`, method: 'POST', headers, timeoutMs }),
        ),
      ),
    ]);
    return [live, ...results.flat()];
  },
};

async function requestCertificate(config: Config, now: Date): Promise<Result[]> {
  if (!config.publicUrl.secure) return [];
  const end = await certificateEnd(config.publicUrl.href, config.providerTimeoutMs);
  return [checkCertificate(end, now)];
}

async function requestStart({
  providers,
  publicUrl,
  providerTimeoutMs,
}: Config): Promise<Result[]> {
  const id = providerToStart(providers);
  if (id === undefined) return [];
  const headers = { accept: 'text/html', 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' };
  // The service may have to ask the provider first.
  const timeoutMs = providerTimeoutMs * 2;
  const reply = await ask({ url: `${publicUrl.href}/auth/${id}`, headers, timeoutMs });
  return checkStart(publicUrl, id, reply);
}
