import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { judgeGraphVersion } from './graph-version.js';

const day = (date: string) => new Date(`${date}T12:00:00Z`);

describe('judgeGraphVersion', () => {
  it.each([
    ['v21.0', '2026-10-01', 'ok'],
    ['v21.0', '2026-10-24', 'warning'],
    ['v21.0', '2027-01-20', 'warning'],
    ['v21.0', '2027-01-22', 'broken'],
    ['v20.0', '2026-11-22', 'broken'],
    ['v3.2', '2026-11-22', 'broken'],
    ['v26.0', '2026-11-22', 'ok'],
    // It has no end yet, but two years are all that is promised.
    ['v26.0', '2028-07-01', 'warning'],
    ['v26.0', '2029-01-01', 'warning'],
    ['v27.0', '2026-11-22', 'warning'],
    ['v22.1', '2026-11-22', 'warning'],
  ])('%s on %s: %s', (version, date, status) => {
    expect(judgeGraphVersion(version, day(date))).toMatchObject({ status });
  });

  it('says when, and what to do', () => {
    expect(judgeGraphVersion('v20.0', day('2026-11-22'))).toEqual({
      status: 'broken',
      message: 'Graph v20.0 ended on 2026-09-24.',
      action: 'Set FACEBOOK_GRAPH_VERSION to v26.0, or leave it out.',
    });
  });

  it('recommends the version that is the default', () => {
    const environment = { FACEBOOK_CLIENT_ID: 'a', FACEBOOK_CLIENT_SECRET: 'b' };
    const version = loadConfig(environment).providers.facebook?.graphVersion;
    expect(judgeGraphVersion('v20.0', day('2026-11-22')).action).toContain(`to ${version},`);
  });
});
