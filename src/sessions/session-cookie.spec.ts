import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { cookieFlags, cookieName } from './session-cookie.js';

const publicUrl = (PUBLIC_URL: string) =>
  loadConfig({ PUBLIC_URL, SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M' })
    .publicUrl;

describe('a cookie', () => {
  it.each([
    ['http://localhost:3000', 'latchkey', false, '/'],
    ['http://localhost:3000/id', 'latchkey', false, '/id'],
    ['https://id.test', '__Host-latchkey', true, '/'],
    ['https://id.test/', '__Host-latchkey', true, '/'],
    ['https://example.com/id', '__Secure-latchkey', true, '/id'],
  ])('under %s is %s', (url, name, secure, path) => {
    expect(cookieName('latchkey', publicUrl(url))).toBe(name);
    expect(cookieFlags(publicUrl(url))).toEqual({ httpOnly: true, sameSite: 'lax', secure, path });
  });
});
