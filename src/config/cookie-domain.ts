import { getDomain, getPublicSuffix, parse } from 'tldts';
import * as z from 'zod';
import { isBareUrl } from '../common/url.js';
import type { Problem } from './config-error.js';

const LABEL = '[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?';
const DOMAIN = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);

/** COOKIE_DOMAIN: whether it may be one is a question of PUBLIC_URL (`cookieDomainRule`). */
export const cookieDomain = z
  .string()
  .transform((value) => value.toLowerCase())
  .refine((value) => DOMAIN.test(value) && parse(value).isIp === false, {
    error:
      'needs the domain that the sub-domains share, such as example.com: no scheme, port, path or leading dot, and letters beyond ASCII as xn--…',
  });

/** Refuses a domain that others have names under, or that browsers would not take from PUBLIC_URL. */
export function cookieDomainRule(
  set: Readonly<Record<string, string | undefined>>,
  malformed: ReadonlySet<string>,
): Problem[] {
  const { COOKIE_DOMAIN: value, PUBLIC_URL: publicUrl = 'http://localhost' } = set;
  if (value === undefined || malformed.has('COOKIE_DOMAIN')) return [];
  const domain = value.toLowerCase();
  if (getPublicSuffix(domain, { allowPrivateDomains: true }) === domain) {
    return [
      {
        variable: 'COOKIE_DOMAIN',
        needs:
          'is a public suffix: others have names under it, and would see who is signed in. It needs a domain of your own, such as example.com, or acme.localhost while developing',
      },
    ];
  }
  if (malformed.has('PUBLIC_URL') || !isBareUrl(publicUrl)) return [];
  const { hostname } = new URL(publicUrl);
  if (hostname === domain || hostname.endsWith(`.${domain}`)) {
    const registrable = getDomain(hostname, { allowPrivateDomains: true }) ?? hostname;
    if (domain === registrable || domain.endsWith(`.${registrable}`)) return [];
    return [
      {
        variable: 'COOKIE_DOMAIN',
        needs: `reaches beyond ${registrable}, under which PUBLIC_URL’s host is yours: others have names beside it. It needs ${registrable}, or a domain below`,
      },
    ];
  }
  return [
    {
      variable: 'COOKIE_DOMAIN',
      needs: `does not contain PUBLIC_URL’s host (${hostname}): browsers take a cookie only for a domain that the service is in`,
    },
  ];
}
