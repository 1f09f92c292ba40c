import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AppError } from '../../common/errors/app-error.js';
import type { ProviderHttp } from '../provider-http/provider-http.js';
import { GoogleKeys } from './google-keys.js';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const document = (kid: string): JsonWebKey => ({ ...publicKey.export({ format: 'jwk' }), kid });

let now: number;
let fetches: number;
let published: JsonWebKey[];
let failure: AppError | null;
let keys: GoogleKeys;

/** Whether a token that names a key is accepted, where the key itself is all that decides. */
const names = (kid: string) => keys.some({ alg: 'RS256', kid }, () => true);

const after = (seconds: number) => {
  now += seconds * 1000;
};

beforeEach(() => {
  [now, fetches, published, failure] = [0, 0, [document('old')], null];
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const http = {
    json: () => {
      fetches += 1;
      return failure === null ? Promise.resolve({ keys: published }) : Promise.reject(failure);
    },
  } as unknown as ProviderHttp;
  keys = new GoogleKeys('https://accounts.google.com/certs', http);
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('tokens that name unknown keys', () => {
  it('cost one more fetch in 30 s, however many there are', async () => {
    expect(await names('old')).toBe(true);
    const refused = await Promise.all(Array.from({ length: 50 }, (_, n) => names(`made-up-${n}`)));
    for (let n = 0; n < 50; n += 1) {
      after(0.5);
      refused.push(await names(`made-up-later-${n}`));
    }
    expect(new Set(refused)).toEqual(new Set([false]));
    expect(fetches).toBe(2);
    after(5);
    expect(await names('made-up')).toBe(false);
    expect(fetches).toBe(3);
  });

  it('share one fetch where no keys are known yet', async () => {
    await Promise.all(Array.from({ length: 50 }, (_, n) => names(`made-up-${n}`)));
    expect(fetches).toBe(1);
  });

  it('do not disturb those that name known ones', async () => {
    await names('old');
    failure = new AppError('provider_error');
    await expect(names('made-up')).rejects.toBe(failure);
    expect(await names('old')).toBe(true);
  });
});

describe('a key that was rotated', () => {
  it.each([0, 29, 31, 3599])('is found %d s after the keys were loaded', async (seconds) => {
    await names('old');
    after(seconds);
    published = [document('new')];
    expect(await Promise.all([names('new'), names('new')])).toEqual([true, true]);
    expect(await names('new')).toBe(true);
    expect(fetches).toBe(2);
  });

  it('is found 30 s after a token that was made up', async () => {
    await names('old');
    await names('made-up');
    published = [document('new')];
    expect(await names('new')).toBe(false);
    after(30);
    expect(await names('new')).toBe(true);
    expect(fetches).toBe(3);
  });

  it('is gone after an hour at the latest', async () => {
    await names('old');
    published = [document('new')];
    after(3600);
    expect([await names('old'), await names('new')]).toEqual([false, true]);
  });
});

describe('keys that could not be fetched', () => {
  beforeEach(() => {
    failure = new AppError('provider_timeout');
  });

  it('are asked for again by the next one, where none are known', async () => {
    await expect(names('old')).rejects.toBe(failure);
    failure = null;
    expect(await names('old')).toBe(true);
  });

  it('are asked for again after 30 s, where others are known', async () => {
    failure = null;
    await names('old');
    failure = new AppError('provider_timeout');
    for (let n = 0; n < 10; n += 1) await expect(names('new')).rejects.toBe(failure);
    expect(fetches).toBe(2);
    failure = null;
    published = [document('new')];
    after(30);
    expect(await names('new')).toBe(true);
  });
});
