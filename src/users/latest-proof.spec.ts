import { describe, expect, it } from '@jest/globals';
import type { AskedProof } from '../sessions/proofs.repository.js';
import { latestProof } from './latest-proof.js';
import type { StepUpIdentity } from './step-up.js';

const NOW = 1_790_000_000_000;

const identity = (issuer: string): StepUpIdentity => ({
  provider: 'google',
  issuer,
  subject: '1',
  unsettled_since: null,
  isActive: true,
  canProve: true,
});

const proof = (
  issuer: string,
  asked: number | null,
  proven: number | null = null,
  subject = '1',
): AskedProof => ({ issuer, subject, asked_at: asked, proven_at: proven });

describe('the latest proof', () => {
  it.each<[string, AskedProof[], ReturnType<typeof latestProof>]>([
    ['nobody asked', [proof('a', null)], null],
    ['asked', [proof('a', NOW - 5)], { at: NOW - 5, assurance: 'asked' }],
    ['proven', [proof('a', NOW - 5, NOW - 5)], { at: NOW - 5, assurance: 'proven' }],
    [
      'asked since it was proven',
      [proof('a', NOW - 5, NOW - 9)],
      { at: NOW - 5, assurance: 'asked' },
    ],
    [
      'the later one of two',
      [proof('a', NOW - 3), proof('b', NOW - 5, NOW - 5)],
      { at: NOW - 3, assurance: 'asked' },
    ],
    [
      'an identity that does not count',
      [proof('new', NOW), proof('a', NOW - 9)],
      { at: NOW - 9, assurance: 'asked' },
    ],
    ['another account of the issuer', [proof('a', NOW, null, '2')], null],
    [
      'a time to come',
      [proof('a', NOW + 60_001), proof('b', NOW - 9)],
      { at: NOW - 9, assurance: 'asked' },
    ],
  ])('%s', (_what, proofs, expected) => {
    expect(latestProof(proofs, [identity('a'), identity('b')], NOW)).toEqual(expected);
  });
});
