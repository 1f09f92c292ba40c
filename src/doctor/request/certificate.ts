import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { type Judgement, ok, warning } from '../finding.js';

/** How long before its end a certificate should have been renewed, in days: certificates of 90 days are renewed at 30. */
const NOTICE_DAYS = 14;

const DAY_MS = 86_400_000;

/**
 * Until when a server's certificate is valid. The handshake verifies it.
 *
 * @throws what Node's TLS throws, also when it takes longer than `timeoutMs`
 */
export async function certificateEnd(url: string, timeoutMs: number): Promise<Date> {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: Number(port || 443),
    ...(isIP(host) === 0 && { servername: host }),
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(timeoutMs) });
    return new Date(socket.getPeerCertificate().valid_to);
  } finally {
    socket.destroy();
  }
}

/** Judges a certificate's end. One that has expired has failed before, with the request. */
export function judgeCertificate(end: Date, now: Date): Judgement {
  const days = Math.floor((end.getTime() - now.getTime()) / DAY_MS);
  return days < NOTICE_DAYS
    ? warning(
        `The certificate of PUBLIC_URL expires in ${days} day(s).`,
        'Renew it, and see why that did not happen by itself.',
      )
    : ok(`The certificate of PUBLIC_URL is valid for another ${days} days.`);
}
