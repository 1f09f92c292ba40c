import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { WalSync } from './wal-sync.js';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-wal-'));
const file = join(folder, 'test.db-wal');
writeFileSync(file, 'log');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('shares one sync among those who come before it begins, and begins another for who comes later', async () => {
  const log = new WalSync(file);
  const [one, two] = [log.flush(), log.flush()];
  expect(two).toBe(one);
  await Promise.resolve();
  await Promise.resolve();
  const late = log.flush();
  expect(late).not.toBe(one);
  await expect(Promise.all([one, late])).resolves.toEqual([undefined, undefined]);
  log.close();
});

it('says that the store is not available when nothing can be synced, and can be asked again', async () => {
  const log = new WalSync(join(folder, 'none'));
  await expect(log.flush()).rejects.toMatchObject({ code: 'store_unavailable' });
  await expect(log.flush()).rejects.toMatchObject({ code: 'store_unavailable' });
});
