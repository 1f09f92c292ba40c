import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load-config.js';
import { checkRegistration } from './registration.js';

const check = (environment: Record<string, string>, unusable: string[] = []) =>
  checkRegistration(loadConfig(environment), new Set(unusable));
const google = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'google-secret' };

describe('checkRegistration', () => {
  it('names the exact redirect URI, and where to register it', () => {
    const [found, ...others] = check({
      ...google,
      PUBLIC_URL: 'https://example.com/id/',
      SESSION_SECRET: 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M',
    });
    expect(found).toEqual({
      status: 'ok',
      message: 'Google is on. Redirect URI: https://example.com/id/auth/google/callback',
      action: expect.stringMatching(/“Authorised redirect URIs”.*console\.cloud\.google\.com/),
    });
    expect(others.map(({ message }) => message)).toEqual([
      'A step-up with Google is asked for and not proven (GOOGLE_AUTH_TIME=off): it stops a passer-by, and not somebody who edits an address.',
      'X is off (TWITTER_CLIENT_ID, TWITTER_CLIENT_SECRET).',
      'Facebook is off (FACEBOOK_CLIENT_ID, FACEBOOK_CLIENT_SECRET).',
    ]);
  });

  it.each([
    [{}, 'To have it proven, turn on Settings, Advanced settings, “Session age claims”'],
    [{ GOOGLE_AUTH_TIME: 'on' }, 'Without Settings, Advanced settings, “Session age claims”'],
  ])('says where Google is told to sign when people authenticated: %j', (set, action) => {
    const { GOOGLE_AUTH_TIME = 'off' }: { GOOGLE_AUTH_TIME?: string } = set;
    const found = check({ ...google, ...set }).find(({ message }) => message.includes('step-up'));
    expect(found).toMatchObject({
      status: 'ok',
      message: expect.stringContaining(`(GOOGLE_AUTH_TIME=${GOOGLE_AUTH_TIME})`),
      action: expect.stringContaining(action),
    });
  });

  it('reports that no provider is on', () => {
    expect(check({ SANDBOX: 'off' }).at(-1)).toMatchObject({
      status: 'broken',
      message: 'No provider is on: nobody can sign in.',
    });
  });

  it('registers nothing with the sandbox', () => {
    expect(check({}).map(({ action }) => action)).toEqual([null, null, null]);
  });

  it('does not report a provider with invalid variables as off', () => {
    expect(check(google, ['FACEBOOK_GRAPH_URL']).at(-1)).toMatchObject({
      status: 'warning',
      message: 'Facebook was not checked.',
    });
  });
});
