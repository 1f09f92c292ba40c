import { isIP } from 'node:net';
import * as z from 'zod';

/** TRUST_PROXY: a number of hops (0 for none), or addresses and networks in Express's syntax. */
export const proxies = z
  .string()
  .refine(
    (value) =>
      /^(?:off|\d{1,2})$/.test(value) || value.split(',').every((item) => isNetwork(item.trim())),
    {
      error:
        'needs off, a number of proxy hops, or a comma list of addresses or networks (10.0.0.0/8, loopback)',
    },
  )
  .transform((value) => {
    if (value === 'off') return 0;
    return /^\d+$/.test(value) ? Number(value) : value.split(',').map((item) => item.trim());
  });

function isNetwork(value: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(value)) return true;
  const [address = '', length, ...rest] = value.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  // A /0 network would trust everybody, and proxy-addr refuses it.
  const fits = length === undefined || (/^[1-9]\d{0,2}$/.test(length) && Number(length) <= bits);
  return bits > 0 && rest.length === 0 && fits;
}
