/**
 * The headers of a page. Only pages have an opener policy: on a redirect it would cut a popup off from the page that has
 * opened it, although that is still to come (https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies).
 */
export function pageHeaders(contentSecurityPolicy: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    // With `no-referrer` a form of the page would send `Origin: null`, by which older browsers are recognised.
    'Referrer-Policy': 'same-origin',
  };
}
