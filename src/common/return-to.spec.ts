import { describe, expect, it } from '@jest/globals';
import { parseReturnTo as parse } from './return-to.js';

const policy = {
  ownOrigin: 'https://id.test',
  allowedOrigins: new Set(['https://app.test', 'http://localhost:5173']),
};

/** The target that is followed; null for none. */
function parseReturnTo(value: unknown, of: typeof policy): string | null {
  const parsed = parse(value, of);
  return 'target' in parsed ? parsed.target : null;
}

describe('parseReturnTo accepts', () => {
  it.each([
    ['a path', '/account', '/account'],
    ['the root', '/', '/'],
    ['a path with query and fragment', '/docs?a=1&b=2#c', '/docs?a=1&b=2#c'],
    ['encoded spaces and letters', '/caf%C3%A9/a%20b', '/caf%C3%A9/a%20b'],
    ['a URL within the query', '/go?next=https://evil.test/', '/go?next=https://evil.test/'],
    ['an encoded percent sign', '/100%25', '/100%25'],
    ['two slashes further down', '/a//b', '/a//b'],
    ['an at sign in a path', '/@ada', '/@ada'],
    ['dots that stay on this origin', '/a/../b', '/b'],
    ['an absolute URL of this origin', 'https://id.test/account', 'https://id.test/account'],
    ['an absolute URL of an allowed origin', 'https://app.test/x?y#z', 'https://app.test/x?y#z'],
    ['an allowed origin without a path', 'https://app.test', 'https://app.test/'],
    ['an allowed origin in capitals', 'HTTPS://APP.TEST/x', 'https://app.test/x'],
    ['an allowed origin with its default port', 'https://app.test:443/x', 'https://app.test/x'],
    ['an allowed origin with a port', 'http://localhost:5173/x', 'http://localhost:5173/x'],
    ['letters beyond ASCII in a query', '/search?q=café', '/search?q=caf%C3%A9'],
    [
      'letters beyond ASCII in a path',
      '/käse/美咲#größe',
      '/k%C3%A4se/%E7%BE%8E%E5%92%B2#gr%C3%B6%C3%9Fe',
    ],
    [
      'letters beyond ASCII at an allowed origin',
      'https://app.test/ñ?é',
      'https://app.test/%C3%B1?%C3%A9',
    ],
    ['a space', '/search?q=a b', '/search?q=a%20b'],
    ['a percent sign in a query', '/search?q=100%&x=1', '/search?q=100%&x=1'],
    ['Latin-1 in a query', '/search?q=caf%E9#%', '/search?q=caf%E9#%'],
    ['a backslash in a query', '/open?path=C%3A%5CUsers', '/open?path=C%3A%5CUsers'],
    ['a lone surrogate', '/\ud800', '/%EF%BF%BD'],
    ['a path of 2,000 characters', `/${'a'.repeat(1999)}`, `/${'a'.repeat(1999)}`],
  ])('%s', (_name, value, expected) => {
    expect(parseReturnTo(value, policy)).toBe(expected);
  });
});

describe('parseReturnTo refuses', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['a list', ['/account']],
    ['an object', { toString: () => '/account' }],
    ['an empty text', ''],
    ['a relative path', 'account'],
    ['a query alone', '?a=1'],
    ['2,001 characters', `/${'a'.repeat(2000)}`],
    ['2,000 characters that are more when encoded', `/${'é'.repeat(1999)}`],
  ])('a value that is not a URL: %s', (_name, value) => {
    expect(parseReturnTo(value, policy)).toBeNull();
  });

  it.each([
    '//evil.test',
    '//evil.test/account',
    '///evil.test',
    '////evil.test',
    '//id.test/account',
    '/.//evil.test',
    '/..//evil.test',
    '/a/..//evil.test',
    '/%2e//evil.test',
    '/%2E%2E//evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '/\r/evil.test',
    '/\v/evil.test',
    '/\f/evil.test',
    '/\0/evil.test',
    '/\uff0fevil.test',
    '/.%2f/evil.test',
    '/%2e%2e%2f%2fevil.test',
    '/\u2025//evil.test',
    '/\u2025/\u2025//evil.test',
    '/\uff3cevil.test',
    '/%ef%bc%8fevil.test',
    '\t//evil.test',
    ' //evil.test',
    ' /account',
    '/account ',
    '/\\evil.test',
    '\\/evil.test',
    '\\\\evil.test',
    '/\\/evil.test',
    '/a\\b',
  ])('a URL that browsers resolve to another host: %j', (value) => {
    expect(parseReturnTo(value, policy)).toBeNull();
  });

  it.each([
    'https://evil.test',
    'http://evil.test/',
    'HTTPS://EVIL.TEST/',
    'https:evil.test',
    'https:/evil.test',
    'https:///evil.test',
    'http:\\\\evil.test',
    'https://id.test.evil.test/',
    'https://app.test.evil.test/',
    'https://evilapp.test/',
    'https://app.testevil/',
    'https://app.test./',
    'https://app.test:8443/',
    'https://app.test:80/',
    'http://app.test/',
    'http://id.test/',
    'http://localhost:5174/',
    'http://localhost/',
    'http://127.0.0.1:5173/',
    'https://app.test@evil.test/',
    'https://app.test:443@evil.test/',
    'https://user@app.test/',
    'https://user:word@app.test/',
    'https://:word@app.test/',
    'https://evil.test#https://app.test/',
    'https://evil.test?https://app.test/',
    'https://app.test//evil.test',
  ])('another origin, or a lookalike of an allowed one: %s', (value) => {
    expect(parseReturnTo(value, policy)).toBeNull();
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'javascript://app.test/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://app.test/x',
    'file:///etc/passwd',
    'ftp://app.test/',
    'ws://app.test/',
    'about:blank',
    'mailto:ada@app.test',
  ])('another scheme: %s', (value) => {
    expect(parseReturnTo(value, policy)).toBeNull();
  });

  it.each([
    '/%0d%0aSet-Cookie:%20a=b',
    '/%0D%0ALocation:%20https://evil.test',
    '/%0a',
    '/%09/evil.test',
    '/%00',
    '/%7f',
    '/a?b=%0d%0aSet-Cookie:%20a=b',
    '/a#%0d%0a',
    '/\r\nSet-Cookie: a=b',
    '/%250d%250aSet-Cookie:%20a=b',
    '/%25250d%25250aSet-Cookie:%20a=b',
    '/%5cevil.test',
    '/%5C%5Cevil.test',
    '/%255cevil.test',
    '/%2fevil.test',
    '/%2Fevil.test',
    '/%2f%2fevil.test',
    '/%252fevil.test',
    '/%25252fevil.test',
    '%2f%2fevil.test',
    '%68ttps://evil.test',
    'https://app.test/%0d%0aSet-Cookie:%20a=b',
    'https://app.test/%5c',
    '/%',
    '/%zz',
    '/%ff',
    '/%e0%a4%a',
  ])('unsafe characters after decoding: %s', (value) => {
    expect(parseReturnTo(value, policy)).toBeNull();
  });

  it.each([
    '/\uff0fevil.test',
    '\uff0f\uff0fevil.test',
    '//evil\u3002test',
    'https://evil\u3002test/',
    'https://app\u3002test/',
    'https://\uff41pp.test/',
    '/\u2028',
    '/\u202e',
    '/\u00a0/evil.test',
    '/\ufeff/evil.test',
    '\ufeff//evil.test',
  ])('lookalike Unicode characters: %j', (value) => {
    expect(parseReturnTo(value, policy)).toBeNull();
  });

  it('the opaque origin "null", even when it is listed', () => {
    expect(parseReturnTo('data:,x', { ...policy, allowedOrigins: new Set(['null']) })).toBeNull();
  });
});

describe('a value accepted by parseReturnTo', () => {
  const accepted = ['/a%20b?c=%C3%A9#d', 'https://app.test/a?b#c', '/a/../b', '/~ada;v=1'];

  it.each(accepted)('stays on its origin when a browser resolves it: %s', (value) => {
    const location = parseReturnTo(value, policy) ?? '';
    const { origin } = new URL(location, `${policy.ownOrigin}/auth/google/callback`);
    expect([policy.ownOrigin, ...policy.allowedOrigins]).toContain(origin);
  });

  it.each(accepted)('is accepted again, unchanged: %s', (value) => {
    const once = parseReturnTo(value, policy);
    expect(parseReturnTo(once, policy)).toBe(once);
  });
});

describe('parseReturnTo says why it refuses', () => {
  it.each([
    ['not a URL', 'account'],
    ['not a URL', ['/a', '/b']],
    ['not a URL', 'javascript:alert(1)'],
    ['too long', `/${'é'.repeat(700)}`],
    ['unsafe characters', '/a\\b'],
    ['unsafe characters', '/%0d%0aX: 1'],
    ['another origin', '//evil.test'],
    ['another origin', 'https://evil.test/'],
  ])('%s: %j', (refusal, value) => {
    expect(parse(value, policy)).toEqual({ refusal });
  });
});
