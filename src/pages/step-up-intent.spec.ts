import { describe, expect, it } from '@jest/globals';
import { askedFor } from './step-up-intent.js';

describe.each(['', '/id'])('what a request under %j is for', (prefix) => {
  it.each([
    ['GET', '/account/delete', 'delete', null, '/account/delete'],
    ['POST', '/account/delete', 'delete', null, '/account/delete'],
    ['POST', '/account/disconnect/google', 'disconnect', 'google', '/account/disconnect/google'],
    ['POST', '/auth/google/link', 'connect', 'google', '/account/connect/google'],
    ['GET', '/account/connect/google', 'connect', 'google', '/account/connect/google'],
    ['POST', '/users/me/export', 'export', null, '/account/export'],
    ['GET', '/account/export', 'export', null, '/account/export'],
    ['POST', '/account/pending-link', null, null, null],
    ['POST', '/auth/pending-link', null, null, null],
    ['GET', '/elsewhere/connect/google', null, null, null],
    ['GET', '/account', null, null, null],
  ] as const)('%s %s', (method, path, what, provider, question) => {
    const asked = askedFor({ method, path: prefix + path }, { prefix });
    expect(asked).toEqual({ what, provider, question: question && prefix + question });
  });
});
