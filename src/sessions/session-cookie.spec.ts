import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { cookieFlags, cookieNames } from './session-cookie.js';

const publicUrl = (PUBLIC_URL: string) =>
  loadConfig({ PUBLIC_URL, SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M' })
    .publicUrl;

describe('a cookie', () => {
  it.each([
    ['http://localhost', 'latchkey'],
    ['http://localhost:80', 'latchkey'],
    ['http://localhost:3000', 'latchkey-f1de9e48'],
    ['http://localhost:3000/', 'latchkey-f1de9e48'],
    ['http://localhost:3000/id', 'latchkey-88d4f9a0'],
    ['https://id.test', '__Host-latchkey'],
    ['https://ID.test:443/', '__Host-latchkey'],
    ['https://id.test:8443', '__Host-latchkey-017bf889'],
    ['https://example.com/id', '__Host-latchkey-43e813cf'],
    ['https://example.com/id/', '__Host-latchkey-43e813cf'],
  ])('under %s is %s', (url, session) => {
    const common = session.replace('__Host-', '');
    expect(cookieNames(publicUrl(url))).toEqual({
      session,
      pendingLink: `${session}-pending`,
      handover: `${session}-handover`,
      lastSignIn: `${session}-last`,
      domain: session === common ? `${common}-domain` : `__Secure-${common}`,
      attempt: `${session}-attempt-`,
      common,
    });
  });

  it.each([
    ['http://localhost:3000/id', false],
    ['https://id.test', true],
    ['https://example.com/id', true],
  ])('under %s is for every path', (url, secure) => {
    const flags = { httpOnly: true, sameSite: 'lax', secure, path: '/' };
    expect(cookieFlags(publicUrl(url))).toEqual(flags);
  });

  it('has a name that is not the beginning of one of another service on the host', () => {
    const urls = ['', '/id', '/login', ':8443', ':8443/id'].map((end) => `https://id.test${end}`);
    const all = urls.map((url) => cookieNames(publicUrl(url)));
    for (const one of all) {
      for (const other of all.filter((each) => each !== one)) {
        const begins = Object.values(other).filter((name) => name.startsWith(one.attempt));
        const same = Object.values(other).filter((name) =>
          [one.session, one.pendingLink].includes(name),
        );
        expect([begins, same]).toEqual([[], []]);
      }
    }
  });
});
