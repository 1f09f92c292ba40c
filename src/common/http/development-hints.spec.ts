import { EventEmitter } from 'node:events';
import { describe, expect, it, jest } from '@jest/globals';
import type { Request, Response } from 'express';
import { developmentHints } from './development-hints.js';
import { isLoopbackOrigin } from '../origins.js';

const publicUrl = {
  href: 'http://localhost:3000/id',
  origin: 'http://localhost:3000',
  prefix: '/id',
};
const allowedOrigins = ['https://app.test'];
const origins = {
  has: (origin: string) => allowedOrigins.includes(origin) || isLoopbackOrigin(origin),
};

/** What the log is told of some requests, one after the other. */
function toldOf(...requests: object[]): string[] {
  const warn = jest.fn<(fields: object, text: string) => void>();
  const hints = developmentHints(
    { warn },
    {
      publicUrl,
      allowedOrigins,
      origins,
      isTarget: () => false,
    },
  );
  for (const request of requests) {
    const [next, response] = [jest.fn(), new EventEmitter()];
    const given = { method: 'GET', path: '/id/users/me', headers: {}, query: {}, ...request };
    void hints(given as unknown as Request, response as Response, next);
    response.emit('close');
    expect(next.mock.calls).toEqual([[]]);
  }
  return warn.mock.calls.map(([, text]) => text);
}

const from = (origin: string, site: string, mode = 'cors') => ({
  headers: { origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode },
});

describe('an origin that is not allowed', () => {
  it('is told once, with the line to paste', () => {
    const evil = from('https://app.other.test', 'cross-site');
    expect(toldOf(evil, evil, from('https://another.test', 'cross-site'))).toEqual([
      expect.stringMatching(
        /^A page of https:\/\/app\.other\.test has asked,.* set: ALLOWED_ORIGINS=https:\/\/app\.test,https:\/\/app\.other\.test$/,
      ),
    ]);
  });

  it.each([
    ['the own origin', from('http://localhost:3000', 'same-origin')],
    ['an allowed one of the same site', from('http://localhost:5173', 'same-site')],
    ['none', {}],
    ['null', from('null', 'cross-site')],
    ['an extension', from('chrome-extension://abc', 'cross-site')],
    ['no address', from('http://a b\nALLOWED_ORIGINS=x', 'cross-site')],
    ['one that is too long', from(`https://${'a.'.repeat(200)}test`, 'cross-site')],
  ])('is nothing to tell: %s', (_name, request) => {
    expect(toldOf(request)).toEqual([]);
  });
});

describe('a page of another site', () => {
  it.each([
    [
      'another name of this machine',
      from('http://127.0.0.1:5173', 'cross-site'),
      'Open the front end at http://localhost:5173, or set: PUBLIC_URL=http://127.0.0.1:3000/id',
    ],
    [
      'another scheme',
      from('https://localhost:5173', 'cross-site'),
      'Open the front end at http://localhost:5173',
    ],
    [
      'a name elsewhere',
      from('https://app.test', 'cross-site'),
      'Open the front end at http://localhost',
    ],
    [
      'a form',
      { ...from('http://app.localhost:5173', 'cross-site', 'navigate'), method: 'POST' },
      'Open the front end at http://localhost:5173, or set: PUBLIC_URL=http://app.localhost:3000/id',
    ],
  ])('gets no cookie, and is told so: %s', (_name, request, advice) => {
    const told = toldOf(request, request);
    expect(told).toEqual([expect.stringContaining('the session’s cookie does not come')]);
    expect(told[0]).toMatch(new RegExp(`${advice.replaceAll('.', String.raw`\.`)}$`));
  });

  it('is as it should be where it navigates, as to a start', () => {
    expect(toldOf(from('http://127.0.0.1:5173', 'cross-site', 'navigate'))).toEqual([]);
  });
});

const dropped = (returnTo: unknown, returnToRefused: string) => ({
  query: { returnTo },
  returnToRefused,
});

describe('a returnTo that was dropped', () => {
  it('is told by its reason, each once', () => {
    expect(
      toldOf(
        dropped('https://preview.test/a?code=secret', 'another origin'),
        dropped('https://other.test/', 'another origin'),
        dropped('inbox', 'not a URL'),
        dropped('/a\nb', 'unsafe characters'),
        dropped('/a', 'too long'),
        { query: { errorTo: '//evil.test' }, errorToRefused: 'another origin' },
      ),
    ).toEqual([
      'The returnTo of a request was dropped: it leads to https://preview.test, which is no front end of this service. If that is yours, set: ALLOWED_ORIGINS=https://app.test,https://preview.test',
      expect.stringMatching(
        /^The returnTo of a request was dropped: it is neither a path .*\?returnTo=\/inbox$/,
      ),
      expect.stringMatching(
        /^The returnTo of a request was dropped: it has characters .*\?returnTo=\/inbox$/,
      ),
      expect.stringMatching(/^The returnTo of a request was dropped: it has more than 2,000/),
      expect.stringMatching(/^The errorTo of a request was dropped: it leads to another origin/),
    ]);
  });
});

describe('a parameter that nothing reads', () => {
  it.each(['return_to', 'redirect_uri', 'callbackUrl', 'redirect_to', 'returnto', 'next'])(
    'is told, with the right name: %s',
    (name) => {
      const start = { path: '/id/auth/google', query: { [name]: 'https://secret.test/' } };
      expect(toldOf(start, start)).toEqual([
        `A request had ${name}, which nothing here reads, so the person does not come back there. The name is returnTo: http://localhost:3000/id/auth/google?returnTo=/inbox`,
      ]);
    },
  );

  it.each([
    '/',
    '/account',
    '/account/delete',
    '/auth/google',
    '/auth/twitter/link',
    '/auth/facebook/reauthenticate',
    '/auth/logout',
    '/auth/pending-link',
  ])('is told wherever returnTo is read, also as a field: %s', (path) => {
    const told = `The name is returnTo: http://localhost:3000/id${path}?returnTo=/inbox`;
    for (const given of [{ query: { return_to: '/' } }, { body: { return_to: '/' } }]) {
      expect(toldOf({ path: `/id${path}`, ...given })).toEqual([expect.stringContaining(told)]);
    }
  });

  it.each(['/auth/google', '/auth/google/link', '/auth/pending-link', '/users/me/export'])(
    'is told wherever errorTo is read, too: %s',
    (path) => {
      const given = { path: `/id${path}`, body: { error_url: '/oh' } };
      expect(toldOf(given, given)).toEqual([
        `A request had error_url, which nothing here reads, so no failure is told there. The name is errorTo: http://localhost:3000/id${path}?errorTo=/inbox`,
      ]);
      expect(toldOf({ ...given, body: { errorTo: '/oh', error_url: '/' } })).toEqual([]);
    },
  );

  it('is told of each name once', () => {
    const both = { path: '/id/auth/google', query: { next: '/', error_to: '/' } };
    expect(toldOf(both, both)).toHaveLength(2);
  });

  it.each([
    ['beside the right one', { path: '/id/auth/google', query: { returnTo: '/', next: '/' } }],
    ['at a callback', { path: '/id/auth/google/callback', query: { redirect_uri: 'x' } }],
    ['elsewhere', { path: '/id/users/me/activity', query: { next: 'x' } }],
    ['of a proxy that asks', { path: '/id/auth/verify', query: { redirect: '1' } }],
    ['where a session is asked for', { path: '/id/auth/session', query: { next: 'x' } }],
    ['beside the right field', { path: '/id/auth/logout', body: { returnTo: '/', next: '/' } }],
    ['another', { path: '/id/auth/google', query: { prompt: 'login' } }],
  ])('is nothing to tell %s', (_name, request) => {
    expect(toldOf(request)).toEqual([]);
  });
});
