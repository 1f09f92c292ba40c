import type { Config } from '../../config/config.js';
import { type Check, ok, type Result, warning } from '../check.js';
import { ask } from '../http.js';
import {
  checkCrossSite,
  checkLive,
  checkProviderList,
  crossSiteHeaders,
} from './service-answers.js';
import { checkStart, providerToStart } from './sign-in-start.js';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';

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

/** Days. Certificates of 90 days are usually renewed 30 days before their end. */
const NOTICE_DAYS = 14;

const DAY_MS = 86_400_000;

/** @throws what Node's TLS throws, or TimeoutError */
export async function certificateEnd(url: string, timeoutMs: number): Promise<Date> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = connect({ host, port: Number(port || 443), ...servername });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(timeoutMs) });
    return new Date(socket.getPeerCertificate().valid_to);
  } finally {
    socket.destroy();
  }
}

export function checkCertificate(end: Date, now: Date): Result {
  const days = Math.floor((end.getTime() - now.getTime()) / DAY_MS);
  return days < NOTICE_DAYS
    ? warning(
        `The certificate of PUBLIC_URL expires in ${days} day(s).`,
        'Renew it, and see why that did not happen by itself.',
      )
    : ok(`The certificate of PUBLIC_URL is valid for another ${days} days.`);
}
