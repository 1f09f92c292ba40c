import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { judgeRegistration } from './registration.js';

const judge = (environment: Record<string, string>, unusable: string[] = []) =>
  judgeRegistration(loadConfig(environment), new Set(unusable));
const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret' };

describe('judgeRegistration', () => {
  it('names the redirect URI to the letter, and where to register it', () => {
    const [found, ...others] = judge({ ...google, PUBLIC_URL: 'https://example.com/id/' });
    expect(found).toEqual({
      status: 'ok',
      message: 'Google is on. Redirect URI: https://example.com/id/auth/google/callback',
      action: expect.stringMatching(/“Authorised redirect URIs”.*console\.cloud\.google\.com/),
    });
    expect(others.map(({ message }) => message)).toEqual([
      'X is off (TWITTER_CLIENT_ID, TWITTER_CLIENT_SECRET).',
      'Facebook is off (FACEBOOK_CLIENT_ID, FACEBOOK_CLIENT_SECRET).',
    ]);
  });

  it('minds that nobody can sign in', () => {
    expect(judge({ SANDBOX: 'off' }).at(-1)).toMatchObject({
      status: 'broken',
      message: 'No provider is on: nobody can sign in.',
    });
  });

  it('has nothing to register with the sandbox', () => {
    expect(judge({}).map(({ action }) => action)).toEqual([null, null, null]);
  });

  it('does not say that a provider is off when its variables are wrong', () => {
    expect(judge(google, ['FACEBOOK_GRAPH_URL'])[2]).toMatchObject({
      status: 'warning',
      message: 'Facebook was not looked at.',
    });
  });
});
