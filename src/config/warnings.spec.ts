import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';
import { warningsOf } from './warnings.js';

const x = { TWITTER_CLIENT_ID: 'id', TWITTER_CLIENT_SECRET: 'twitter-secret' };
const secret = 'a-secret-of-this-deployment-alone-01';

describe('warningsOf', () => {
  it('warns that the sandbox lets anybody in', () => {
    expect(warningsOf(loadConfig({ SESSION_SECRET: secret }))).toEqual([
      expect.objectContaining({
        variable: 'SANDBOX',
        message: expect.stringContaining('anybody can sign in as anybody'),
      }),
    ]);
  });

  it('warns of providers on this machine where others reach the service', () => {
    const settings = { ...x, SESSION_SECRET: secret, TWITTER_API_URL: 'http://127.0.0.1:9' };
    const PUBLIC_URL = 'https://id.example.com';
    expect(warningsOf(loadConfig({ ...settings, PUBLIC_URL }))).toEqual([
      expect.objectContaining({ variable: 'TWITTER_API_URL' }),
    ]);
    expect(warningsOf(loadConfig({ ...settings, TWITTER_API_URL: '', PUBLIC_URL }))).toEqual([]);
    expect(warningsOf(loadConfig(settings))).toEqual([]);
  });

  it('warns of a variable that is nearly one of ours, by name and never by value', () => {
    const found = warningsOf(
      loadConfig({ ...x, SESION_SECRET: 'canary', PUBLIC_URL: 'http://127.0.0.1:1' }),
    );
    expect(found).toEqual([
      {
        variable: 'SESION_SECRET',
        message: expect.stringContaining('SESION_SECRET is set'),
        action: expect.stringContaining('SESSION_SECRET'),
      },
    ]);
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('warns that X does not redirect to localhost', () => {
    expect(warningsOf(loadConfig(x))).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^X refuses/) }),
    ]);
    expect(warningsOf(loadConfig({ ...x, PUBLIC_URL: 'http://127.0.0.1:3000' }))).toEqual([]);
    expect(warningsOf(loadConfig({ ...x, TWITTER_API_URL: 'http://127.0.0.1:9' }))).toEqual([]);
  });

  it.each(['v21.0', 'v9.0'])('warns that Graph %s may have been retired', (version) => {
    const facebook = { FACEBOOK_CLIENT_ID: 'id', FACEBOOK_CLIENT_SECRET: 'secret' };
    expect(warningsOf(loadConfig({ ...facebook, FACEBOOK_GRAPH_VERSION: version }))).toEqual([
      expect.objectContaining({
        variable: 'FACEBOOK_GRAPH_VERSION',
        message: expect.stringContaining(version),
      }),
    ]);
    expect(warningsOf(loadConfig({ ...facebook, FACEBOOK_GRAPH_VERSION: 'v22.0' }))).toEqual([]);
    expect(warningsOf(loadConfig(facebook))).toEqual([]);
  });
});
