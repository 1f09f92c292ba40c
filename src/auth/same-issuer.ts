/**
 * Compares two issuers. Configured URLs are stored without a trailing slash, which an issuer may have; otherwise they
 * are compared as strings, as RFC 9207 §2.4 and OpenID Connect Discovery §4.3 require.
 *
 * @param expected null matches nothing
 */
export function sameIssuer(actual: string, expected: string | null): boolean {
  return expected !== null && withoutSlash(actual) === withoutSlash(expected);
}

function withoutSlash(issuer: string): string {
  return issuer.replace(/\/$/, '');
}
