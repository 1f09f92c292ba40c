import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import type { Check } from './check.js';
import { ok } from './finding.js';
import { runCheck } from './run-check.js';

const subject = { config: loadConfig({}), unusable: new Set<string>(), now: new Date() };
const check = (look: Check['look']): Check => ({
  name: 'some check',
  needs: [],
  asksOthers: false,
  look,
});

describe('runCheck', () => {
  it('puts the name of the check to what it found', async () => {
    const found = await runCheck(
      check(() => [ok('Fine.')]),
      subject,
      1000,
    );
    expect(found).toEqual([{ check: 'some check', status: 'ok', message: 'Fine.', action: null }]);
  });

  it.each<[string, Check['look']]>([
    [
      'throws',
      () => {
        throw new TypeError('canary');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('canary'))],
  ])('makes a finding of a check that %s, without its words', async (_what, look) => {
    const [found, ...more] = await runCheck(check(look), subject, 1000);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      status: 'broken',
      message: 'This could not be looked at (TypeError).',
    });
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('gives up on a check that does not come to an end', async () => {
    const [found] = await runCheck(
      check(() => new Promise(() => undefined)),
      subject,
      20,
    );
    expect(found).toMatchObject({ status: 'broken', message: expect.stringContaining('within') });
  });
});
