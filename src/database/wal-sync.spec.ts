import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { WalSync } from './wal-sync.js';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-wal-'));
const file = join(folder, 'test.db-wal');
writeFileSync(file, 'log');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('shares one sync among commits made before it starts, and starts another for later ones', async () => {
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

it('throws store_unavailable when the sync fails, and can be retried', async () => {
  const log = new WalSync(join(folder, 'none'));
  await expect(log.flush()).rejects.toMatchObject({ code: 'store_unavailable' });
  await expect(log.flush()).rejects.toMatchObject({ code: 'store_unavailable' });
});
