import { describe, expect, it } from '@jest/globals';
import { loadConfig } from './load-config.js';
import { warningsOf } from './warnings.js';

const x = { TWITTER_CLIENT_ID: 'id', TWITTER_CLIENT_SECRET: 'secret' };
const secret = 'a-secret-of-this-deployment-alone-01';

describe('warningsOf', () => {
  it('says that the sandbox lets anybody in', () => {
    expect(warningsOf(loadConfig({ SESSION_SECRET: secret }))).toEqual([
      expect.stringContaining('anybody can sign in as anybody'),
    ]);
  });

  it('says that a public service is signed with a secret that everybody knows', () => {
    const environment = { PUBLIC_URL: 'https://id.example.com', SANDBOX: 'off' };
    expect(warningsOf(loadConfig(environment))).toEqual([
      expect.stringMatching(/^SESSION_SECRET /),
    ]);
    expect(warningsOf(loadConfig({ ...environment, SESSION_SECRET: secret }))).toEqual([]);
  });

  it('says that X does not come back to localhost', () => {
    expect(warningsOf(loadConfig(x))).toEqual([expect.stringMatching(/^X refuses/)]);
    expect(warningsOf(loadConfig({ ...x, PUBLIC_URL: 'http://127.0.0.1:3000' }))).toEqual([]);
    expect(warningsOf(loadConfig({ ...x, TWITTER_API_URL: 'http://127.0.0.1:9' }))).toEqual([]);
  });
});
