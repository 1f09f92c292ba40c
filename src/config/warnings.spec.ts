import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';
import { warningsOf } from './warnings.js';

const x = { TWITTER_CLIENT_ID: 'id', TWITTER_CLIENT_SECRET: 'secret' };
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

  it('warns about the development secret on a public service', () => {
    const environment = { PUBLIC_URL: 'https://id.example.com', SANDBOX: 'off' };
    expect(warningsOf(loadConfig(environment))).toEqual([
      expect.objectContaining({ variable: 'SESSION_SECRET' }),
    ]);
    expect(warningsOf(loadConfig({ ...environment, SESSION_SECRET: secret }))).toEqual([]);
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
