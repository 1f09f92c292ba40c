import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { loadConfig } from '../config/load-config.js';
import { KeyUpkeep } from './key-upkeep.js';
import type { SigningKeysService } from './signing-keys.service.js';

const HOUR = 3_600_000;

const keepUp = jest.fn<() => Promise<void>>();

function upkeep(environment: Record<string, string> = { TOKEN_AUDIENCES: 'api' }): KeyUpkeep {
  return new KeyUpkeep(loadConfig(environment), { keepUp } as unknown as SigningKeysService);
}

beforeEach(() => {
  Logger.overrideLogger(false);
  jest.useFakeTimers();
  // Without jitter.
  jest.spyOn(Math, 'random').mockReturnValue(0);
  keepUp.mockReset().mockResolvedValue();
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it('looks after the keys before the service listens, and every hour until it stops', async () => {
  const service = upkeep();
  await service.onApplicationBootstrap();
  expect(keepUp).toHaveBeenCalledTimes(1);
  await jest.advanceTimersByTimeAsync(HOUR);
  expect(keepUp).toHaveBeenCalledTimes(2);
  service.onModuleDestroy();
  await jest.advanceTimersByTimeAsync(10 * HOUR);
  expect(keepUp).toHaveBeenCalledTimes(2);
});

it('tries again a minute after a failure', async () => {
  const service = upkeep();
  await service.onApplicationBootstrap();
  keepUp.mockRejectedValueOnce(new Error('The store is away.'));
  await jest.advanceTimersByTimeAsync(HOUR);
  expect(keepUp).toHaveBeenCalledTimes(2);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(keepUp).toHaveBeenCalledTimes(3);
  service.onModuleDestroy();
});

it('stops the start where the store does not answer', async () => {
  keepUp.mockRejectedValueOnce(new Error('The store is away.'));
  await expect(upkeep().onApplicationBootstrap()).rejects.toThrow('The store is away.');
});

it('does nothing where no tokens are made', async () => {
  await upkeep({}).onApplicationBootstrap();
  await jest.advanceTimersByTimeAsync(2 * HOUR);
  expect(keepUp).not.toHaveBeenCalled();
});
