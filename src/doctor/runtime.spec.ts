import { describe, expect, it } from '@jest/globals';
import { judgeRuntime, type Runtime } from './runtime.js';

const fine: Runtime = {
  nodeVersion: '24.11.0',
  uid: 1000,
  production: true,
  secure: true,
  now: new Date('2026-11-22'),
};

const statuses = (difference: Partial<Runtime>) =>
  judgeRuntime({ ...fine, ...difference }).map(({ status }) => status);

describe('judgeRuntime', () => {
  it.each<[string, Partial<Runtime>, string[]]>([
    ['a line with long-term support', {}, ['ok']],
    ['an old one', { nodeVersion: '18.20.4' }, ['broken']],
    ['one too old within its line', { nodeVersion: '20.18.3' }, ['broken']],
    ['one past its end', { nodeVersion: '20.19.0' }, ['warning']],
    ['the same before its end', { nodeVersion: '20.19.0', now: new Date('2026-04-30') }, ['ok']],
    ['one that is not known', { nodeVersion: '27.0.0' }, ['ok']],
    ['root in production', { uid: 0 }, ['ok', 'warning']],
    ['root in development', { uid: 0, production: false, secure: false }, ['ok']],
    ['a system without users', { uid: null }, ['ok']],
    ['https without production', { production: false }, ['ok', 'warning']],
  ])('%s', (_what, difference, expected) => {
    expect(statuses(difference)).toEqual(expected);
  });
});
