import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../config/load-config.js';
import { type Check, ok } from './check.js';
import { runCheck } from './diagnose.js';

const context = { config: loadConfig({}), unusable: new Set<string>(), now: new Date() };
const check = (run: Check['run']): Check => ({
  name: 'some check',
  needs: [],
  run,
});

describe('runCheck', () => {
  it('adds the name of the check', async () => {
    const found = await runCheck(
      check(() => [ok('Fine.')]),
      context,
      1000,
    );
    expect(found).toEqual([{ check: 'some check', status: 'ok', message: 'Fine.', action: null }]);
  });

  it.each<[string, Check['run']]>([
    [
      'throws',
      () => {
        throw new TypeError('canary');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('canary'))],
  ])('reports a check that %s, without the text of the error', async (_what, run) => {
    const [found, ...more] = await runCheck(check(run), context, 1000);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      status: 'broken',
      message: 'This could not be checked (TypeError).',
    });
    expect(JSON.stringify(found)).not.toContain('canary');
  });

  it('reports a check that never settles', async () => {
    const [found] = await runCheck(
      check(() => new Promise(() => undefined)),
      context,
      20,
    );
    expect(found).toMatchObject({ status: 'broken', message: expect.stringContaining('within') });
  });

  it('skips a check that depends on an invalid variable', async () => {
    const needing = { ...check(() => [ok('Fine.')]), needs: ['PORT', 'HOST'] as const };
    const found = await runCheck(needing, { ...context, unusable: new Set(['PORT']) }, 1000);
    expect(found).toEqual([
      {
        check: 'some check',
        status: 'warning',
        message: 'This was not checked.',
        action: 'Correct PORT, and run this again.',
      },
    ]);
  });
});
