import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { parseOwnCookies } from './own-cookies.js';
import { cookieNames } from './session-cookie.js';

const SESSION_SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const names = cookieNames(loadConfig({ PUBLIC_URL: 'https://id.test', SESSION_SECRET }).publicUrl);
const NAME = '__Host-latchkey';
const ATTEMPT = `__Host-latchkey-attempt-${'h'.repeat(22)}`;

/** What is found in a header: the values of each. */
const found = (header: string) =>
  Object.fromEntries(
    [...parseOwnCookies(header, names)].map(([key, same]) => [key, same.map(({ value }) => value)]),
  );

describe('the cookies of a request', () => {
  it.each<[string, Record<string, string[]>]>([
    ['', {}],
    [NAME, {}],
    [`${NAME}=a`, { [NAME]: ['a'] }],
    [`x=1;${NAME}=a;y`, { [NAME]: ['a'] }],
    [`\t${NAME} = a%3Ab ; x=${NAME}=c`, { [NAME]: ['a:b'] }],
    [`${NAME}=a; ${NAME}=b`, { [NAME]: ['a', 'b'] }],
    [`${NAME}=a; x=1; ${NAME}=`, { [NAME]: ['a', ''] }],
    [`${NAME}=a; ${NAME}-pending=b`, { [NAME]: ['a'], [`${NAME}-pending`]: ['b'] }],
    [`${ATTEMPT}-mi000000=a`, { [ATTEMPT]: ['a'] }],
    [`${ATTEMPT}-mi000000=a; ${ATTEMPT}-mi000000=b`, { [ATTEMPT]: ['a', 'b'] }],
    [`${ATTEMPT}-mi000000=a; ${ATTEMPT}-mi000001=b`, { [ATTEMPT]: ['a', 'b'] }],
    [
      `${ATTEMPT}-mi000000=a; ${NAME}-attempt-x=b`,
      { [ATTEMPT]: ['a'], [`${NAME}-attempt-x`]: ['b'] },
    ],
  ])('in %j', (header, expected) => {
    expect(found(header)).toEqual(expected);
  });

  it.each([
    'latchkey=a',
    `x${NAME}=a`,
    `${NAME}x=a`,
    `__host-latchkey=a`,
    `${NAME}-0123abcd=a`,
    `${NAME}-0123abcd-attempt-x=a`,
    `${NAME}-attempt-=a`,
    `${NAME}-attempt-a.b=a`,
    `${NAME}-attempt-${'x'.repeat(65)}=a`,
    // White space of other kinds than a header's.
    `\u00A0${NAME}=a`,
    `\u0085${NAME}\u00A0=a`,
  ])('are not in %j', (header) => {
    expect(found(header)).toEqual({});
  });
});
