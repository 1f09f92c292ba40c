import { describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import type { Seal } from '../../common/seal.js';
import { loadConfig } from '../../config/load-config.js';
import { readOwnCookies } from '../../sessions/own-cookies.js';
import type { Attempt, FoundAttempt } from './attempt.js';
import { AttemptsService } from './attempts.service.js';
import type { ClaimsRepository } from './claims.repository.js';

const SESSION_SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';

/** The service, and how many seals it opens; a browser that keeps its cookies, and the names that it was told to forget. */
function setUp(PUBLIC_URL = 'https://id.test') {
  const config = loadConfig({ PUBLIC_URL, SESSION_SECRET });
  const claim = jest.fn((_id: string, _expiresAt: number) => Promise.resolve(true));
  const claims = { claim } as unknown as ClaimsRepository;
  const service = new AttemptsService(config, claims);
  const opened = jest.spyOn(Reflect.get(service, 'seal') as Seal<Attempt>, 'open');
  const jar = new Map<string, string>();
  const gone: string[] = [];
  const response = {
    cookie: (name: string, value: string) => jar.set(name, value),
    clearCookie: (name: string) => {
      gone.push(name);
      jar.delete(name);
    },
  } as unknown as Response;
  const bring = (cookies: [string, string][] = [...jar]) => {
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ');
    const request = { headers: { cookie } } as Request;
    void readOwnCookies(config.publicUrl, new Set())(request, response, () => undefined);
    return request;
  };
  const begin = (stateOrToken: string, startedAt: number, cookies?: [string, string][]) =>
    service.begin(bring(cookies), response, attempt(stateOrToken, startedAt));
  const find = (state: string, cookies?: [string, string][]) =>
    service.find(bring(cookies), 'google', state);
  const finish = (found: FoundAttempt) => service.claim(response, 'google', found);
  return { begin, find, finish, claim, opened, jar, gone };
}

const attempt = (stateOrToken: string, startedAt: number): Attempt => ({
  stateOrToken,
  provider: 'google',
  purpose: { kind: 'sign-in' },
  returnTo: null,
  verifierOrSecret: 'verifier',
  nonce: null,
  promptLogin: false,
  promptNone: false,
  crossSite: false,
  startedAt,
});

const PREFIX = '__Host-latchkey-attempt-';
const nameOf = (number: number, start = '') => PREFIX + String(number).padStart(22, 'h') + start;
const NOW = Date.now();
const at = (time: number) => `-${time.toString(36)}`;

describe('an attempt', () => {
  it('is begun without opening a seal, and found by opening one, among fifty forged ones', () => {
    const { begin, find, opened, jar } = setUp();
    begin('another', NOW);
    const [[, sealed] = ['', '']] = jar;
    jar.clear();
    const forged = Array.from({ length: 50 }, (_, number): [string, string] => [
      nameOf(number, at(NOW - number)),
      sealed,
    ]);
    begin('own', NOW, forged);
    expect(opened).not.toHaveBeenCalled();
    expect(find('none', [...forged, ...jar])).toBeNull();
    expect(opened).not.toHaveBeenCalled();
    expect(find('own', [...forged, ...jar])?.stateOrToken).toBe('own');
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['malformed', nameOf(1, '-')],
    ['without a start', nameOf(1)],
    ['with a short name', `${PREFIX}x`],
    ['in the future', nameOf(1, at(NOW + 600_000))],
    ['long ago', nameOf(1, at(NOW - 600_000))],
  ])('%s is the oldest', (_what, name) => {
    const { begin, gone } = setUp();
    const others = [2, 3, 4, 5].map((number): [string, string] => [
      nameOf(number, at(NOW - 60_000 + number)),
      'x',
    ]);
    begin('new', NOW, [...others.slice(0, 2), [name, 'x'], ...others.slice(2)]);
    expect(gone).toEqual([name]);
  });

  it('of an instance whose clock is a little ahead is not the oldest', () => {
    const { begin, gone } = setUp();
    const times = [20_000, -1000, -2000, -3000, -4000];
    const cookies = times.map((time, number): [string, string] => [
      nameOf(number, at(NOW + time)),
      'x',
    ]);
    begin('new', NOW, cookies);
    expect(gone).toEqual([nameOf(4, at(NOW - 4000))]);
  });

  it('whose start is to come is claimed for as long as one that starts now', async () => {
    const { begin, find, finish, claim } = setUp();
    begin('own', NOW + 1e12);
    const found = find('own');
    if (found === null) throw new Error('It was not found.');
    expect(await finish(found)).toBe('first');
    const [[, expiresAt] = []] = claim.mock.calls;
    expect(expiresAt).toBeLessThan(Date.now() + 15 * 60_000);
  });

  it('clears twenty at most', () => {
    const { begin, gone } = setUp();
    begin(
      'new',
      NOW,
      Array.from({ length: 50 }, (_, number) => [nameOf(number), 'x']),
    );
    expect(gone).toHaveLength(20);
  });

  it('of which a request brings two does not count on https, and the browser is to forget both', () => {
    const { begin, find, opened, jar, gone } = setUp();
    begin('own', NOW);
    const [[name, sealed] = ['', '']] = jar;
    const planted = name.replace(/-\w+$/, at(NOW - 1));
    expect(
      find('own', [
        [planted, sealed],
        [name, sealed],
      ]),
    ).toBeNull();
    expect(gone).toEqual([planted, name]);
    expect(opened).not.toHaveBeenCalled();
  });

  it('of which a request brings two counts on http by the first', () => {
    const { begin, find, opened, jar } = setUp('http://localhost:3000');
    begin('own', NOW);
    const [[name, sealed] = ['', '']] = jar;
    expect(
      find('own', [
        [name, sealed],
        [name, 'x'],
      ]),
    ).toMatchObject({ startedAt: NOW });
    expect(
      find('own', [
        [name, 'x'],
        [name, sealed],
      ]),
    ).toBeNull();
    expect(opened).toHaveBeenCalledTimes(2);
  });
});
