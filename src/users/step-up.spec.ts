import { describe, expect, it } from '@jest/globals';
import type { Assurance } from '../common/assurance.js';
import type { SessionProofsTable } from '../database/session-tables.js';
import {
  decideStepUp,
  type StepUpAction,
  type StepUpFacts,
  type StepUpIdentity,
} from './step-up.js';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const identity = (
  provider: StepUpIdentity['provider'],
  changes: Partial<StepUpIdentity> = {},
): StepUpIdentity => ({
  provider,
  issuer: provider,
  subject: provider,
  unsettled_since: null,
  isActive: true,
  canProve: false,
  ...changes,
});

const google = identity('google');
const x = identity('twitter', { unsettled_since: NOW - 30 * DAY });
/** Connected yesterday to an account that had one. */
const newX = identity('twitter', { unsettled_since: NOW - DAY });

function proof(by: StepUpIdentity, assurance: Assurance, ago = MINUTE): SessionProofsTable {
  const at = NOW - ago;
  return {
    session_id: 'session',
    issuer: by.issuer,
    subject: by.subject,
    first_at: at,
    first_assurance: assurance,
    latest_at: at,
    latest_assurance: assurance,
    asked_at: assurance === 'none' ? null : at,
    proven_at: assurance === 'proven' ? at : null,
  };
}

/** A session that Google began an hour ago, by a plain sign-in. */
const facts = (changes: Partial<StepUpFacts> = {}): StepUpFacts => ({
  now: NOW,
  recentMs: 10 * MINUTE,
  settleMs: 7 * DAY,
  assurance: 'asked',
  session: {
    kind: 'browser',
    issuer: 'google',
    createdAt: NOW - 60 * MINUTE,
    authenticatedAt: NOW - 60 * MINUTE,
  },
  identities: [google, x],
  proofs: [proof(google, 'none', 60 * MINUTE)],
  ...changes,
});

const begun = (
  ago: number,
  authenticated = ago,
  kind: 'browser' | 'app' = 'browser',
): Pick<StepUpFacts, 'session'> => ({
  session: { kind, issuer: 'google', createdAt: NOW - ago, authenticatedAt: NOW - authenticated },
});

const allow = { action: 'allow' };
const ask = (provider: string, canProve = false) => ({
  action: 'reauthenticate',
  provider,
  canProve,
});
const remove = (target: StepUpIdentity): StepUpAction => ({ kind: 'disconnect', target });

const all: StepUpAction[] = [{ kind: 'export' }, { kind: 'delete' }, remove(x)];

describe('connecting', () => {
  it.each<[string, Partial<StepUpFacts>, object]>([
    ['right after a plain sign-in', begun(MINUTE), allow],
    ['long after it', {}, ask('google')],
    ['right after one with prompt=none', begun(MINUTE, 11 * MINUTE), ask('google')],
    ['right after an application’s code', begun(MINUTE, MINUTE, 'app'), ask('google')],
    [
      'after an application’s step-up',
      { ...begun(MINUTE, MINUTE, 'app'), proofs: [proof(google, 'asked')] },
      allow,
    ],
    ['after a step-up', { proofs: [proof(google, 'asked')] }, allow],
    ['after a step-up with another identity', { proofs: [proof(x, 'asked')] }, allow],
    [
      'after a plain sign-in into an older session',
      { proofs: [proof(google, 'none', MINUTE)] },
      ask('google'),
    ],
  ])('%s', (_name, changes, expected) => {
    expect(decideStepUp(facts(changes), { kind: 'connect' })).toEqual(expected);
  });
});

describe.each(all)('what cannot be undone: %j', (action) => {
  it.each<[string, Partial<StepUpFacts>, object]>([
    ['a plain sign-in does not do', begun(MINUTE), ask('google')],
    ['a step-up does', { proofs: [proof(google, 'asked')] }, allow],
    [
      'a step-up long ago does not',
      { proofs: [proof(google, 'asked', 11 * MINUTE)] },
      ask('google'),
    ],
    [
      'a time to come, of a clock that ran ahead, does not',
      { proofs: [proof(google, 'asked', -2 * MINUTE)] },
      ask('google'),
    ],
    ['a proven time does', { proofs: [proof(google, 'proven')] }, allow],
  ])('%s', (_name, changes, expected) => {
    expect(decideStepUp(facts(changes), action)).toEqual(expected);
  });
});

describe('disconnecting', () => {
  it('needs an identity that stays', () => {
    const changed = facts({ proofs: [proof(google, 'asked')] });
    expect(decideStepUp(changed, remove(google))).toEqual(ask('twitter'));
    const both = facts({ proofs: [proof(google, 'asked'), proof(x, 'asked')] });
    expect(decideStepUp(both, remove(google))).toEqual(allow);
  });

  it('needs one that counts', () => {
    const off = { ...x, isActive: false };
    const changed = facts({ identities: [google, off], proofs: [proof(off, 'asked')] });
    expect(decideStepUp(changed, remove(google))).toMatchObject({
      action: 'reauthenticate',
      provider: null,
    });
  });
});

describe('an identity that was connected later', () => {
  const settles = NOW - DAY + 7 * DAY;
  const changed = facts({ identities: [google, newX], proofs: [proof(newX, 'asked')] });

  it.each<StepUpAction>([
    { kind: 'connect' },
    { kind: 'export' },
    { kind: 'delete' },
    remove(google),
  ])('proves nothing until it has settled: %j', (action) => {
    const provider = action.kind === 'disconnect' ? null : 'google';
    expect(decideStepUp(changed, action)).toEqual({ action: 'wait', from: settles, provider });
    const settled = { ...changed, now: settles, proofs: [proof(newX, 'asked', DAY - 7 * DAY)] };
    expect(decideStepUp(settled, action)).toEqual(allow);
  });

  it('does not hinder an older one', () => {
    const older = { ...changed, proofs: [proof(google, 'asked')] };
    expect(decideStepUp(older, { kind: 'delete' })).toEqual(allow);
    expect(decideStepUp(older, remove(newX))).toEqual(allow);
  });

  it('sends to an older one where it was not used itself', () => {
    expect(decideStepUp({ ...changed, proofs: [] }, { kind: 'delete' })).toEqual(ask('google'));
  });

  it('may disconnect one that came after it', () => {
    const newest = identity('facebook', { unsettled_since: NOW - MINUTE });
    const three = { ...changed, identities: [google, newX, newest] };
    expect(decideStepUp(three, remove(newest))).toEqual(allow);
  });

  it('counts at once where the older ones do not, or where nothing has to settle', () => {
    const alone = { ...changed, identities: [{ ...google, isActive: false }, newX] };
    expect(decideStepUp(alone, { kind: 'delete' })).toEqual(allow);
    expect(decideStepUp({ ...changed, settleMs: 0 }, { kind: 'delete' })).toEqual(allow);
  });

  it('evicts nothing, and is not evicted, where none that is left has settled', () => {
    const [off, newest] = [
      { ...google, isActive: false },
      identity('facebook', { unsettled_since: NOW - MINUTE }),
    ];
    const left = facts({ identities: [off, newX, newest] });
    const by = (who: StepUpIdentity, action: StepUpAction) =>
      decideStepUp({ ...left, proofs: [proof(who, 'asked')] }, action).action;
    expect([by(newX, { kind: 'delete' }), by(newX, remove(newest))]).toEqual(['wait', 'wait']);
    expect([by(newest, { kind: 'delete' }), by(newest, remove(newX))]).toEqual(['wait', 'wait']);
    expect([by(newX, remove(newX)), by(newest, remove(newest))]).toEqual(['allow', 'allow']);
  });

  it('begins no session that may connect', () => {
    const session = { ...begun(MINUTE).session, issuer: 'twitter' };
    const plain = { ...changed, session, proofs: [proof(newX, 'none')] };
    expect(decideStepUp(plain, { kind: 'connect' })).toEqual({
      action: 'wait',
      from: settles,
      provider: 'google',
    });
  });
});

describe('where a proven time is wanted', () => {
  const proving = { ...google, canProve: true };
  const wanted = facts({ assurance: 'proven', identities: [proving, x] });

  it('people who can prove it have to', () => {
    const asked = { ...wanted, proofs: [proof(proving, 'asked'), proof(x, 'asked')] };
    expect(decideStepUp(asked, { kind: 'delete' })).toEqual(ask('google', true));
    const proven = { ...wanted, proofs: [proof(proving, 'proven')] };
    expect(decideStepUp(proven, { kind: 'delete' })).toEqual(allow);
  });

  it('for others being asked counts', () => {
    const others = { ...wanted, identities: [x], proofs: [proof(x, 'asked')] };
    expect(decideStepUp(others, { kind: 'delete' })).toEqual(allow);
  });

  it('disconnecting the one that can takes its proof, and being asked by one that stays', () => {
    const step = (proofs: SessionProofsTable[]) =>
      decideStepUp({ ...wanted, proofs }, remove(proving));
    expect(step([proof(proving, 'proven')])).toEqual(ask('twitter'));
    expect(step([proof(x, 'asked')])).toEqual(ask('google', true));
    expect(step([proof(x, 'asked'), proof(proving, 'proven')])).toEqual(allow);
  });
});
