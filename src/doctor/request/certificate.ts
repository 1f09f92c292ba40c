import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { ok, type Result, warning } from '../check.js';

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
