import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../../src/database/database.js';
import { signedIn, somebody, worthOf, sessionCookie } from '../support/accounts.js';
import { Browser, locationOf } from '../support/browser.js';
import { expectProblem } from '../support/failed-sign-in.js';
import { compileService } from '../support/service-process.js';
import { Person } from './support/person.js';
import { randomFrom, seedOfRun } from './support/random.js';
import { report } from './support/report.js';
import { type Service, startService } from './support/service.js';
import { limitedDisk, mountedDisk, type SmallDisk } from './support/small-disk.js';
import { expectRetryWorks, lossesInStore, lossesOf } from './support/verify.js';
import { SqliteFile } from '../support/sqlite-file.js';

const seed = seedOfRun();

let compiled: ReturnType<typeof compileService>;

beforeAll(() => {
  compiled = compileService();
}, 30_000);

afterAll(() => compiled.remove());

// Both where both are possible: a full disk and a file that may not grow are different errors to SQLite.
const mounted = mountedDisk();
if (mounted === null) {
  report('no right to mount a file system: only the limit on the length of files is tested');
}
const disks: [string, SmallDisk][] = [
  ...(mounted === null ? [] : [['a full disk', mounted] as [string, SmallDisk]]),
  ['files that may not grow', limitedDisk()],
];

describe.each(disks)('the embedded database on %s', (name, disk) => {
  const file = join(disk.folder, 'test.db');
  let service: Service;
  let member: Browser;
  const people: Person[] = [];

  beforeAll(async () => {
    service = await startService(compiled.main, {
      DATABASE_URL: `file:${file}`,
    });
    member = await signedIn(service);
    disk.shrink(pidOf(service));
  }, 30_000);

  afterAll(async () => {
    await service.close();
    disk.remove();
  });

  it('signs people in until it is full, and answers 503 from then on, nothing else', async () => {
    const random = randomFrom(seed);
    let refusals = 0;
    while (refusals < 10) {
      const beside = [1, 2, 3].map(() => new Person(service));
      people.push(...beside);
      await Promise.all(beside.map((person) => person.live(random)));
      refusals = beside.every(({ acknowledged }) => acknowledged === 0) ? refusals + 1 : 0;
      expect(people.length).toBeLessThan(3000);
    }
    const reasons = new Set(people.map(({ refused }) => refused));
    expect(reasons).toEqual(new Set([null, '503']));
  });

  it('lets those who are signed in read, and claims no change that was not made', async () => {
    const cookie = await sessionCookie(member);
    expect((await member.api('/users/me')).status).toBe(200);
    expect((await member.api('/health/live')).status).toBe(200);
    expectProblem(await member.apiSend('post', '/auth/logout'), 'store_unavailable');
    expectProblem(await member.apiSend('delete', '/users/me'), 'store_unavailable');
    expect(await worthOf(service, cookie)).toBe(200);
  });

  it('goes on without a restart once there is room: nothing acknowledged is lost', async () => {
    const visitor = new Browser(service);
    const callback = await visitor.consent(await visitor.start('google'), somebody());
    const refused = await visitor.callback(callback);
    expect(refused.status).toBe(503);
    expect(refused.headers).not.toHaveProperty('location');
    disk.grow(pidOf(service));
    const grown = Date.now();
    expect(locationOf(await visitor.signIn('google', somebody()))).toBe('/account');
    const recovered = Date.now() - grown;

    const database = openDatabase({ kind: 'file', file }, () => undefined);
    const losses = await lossesInStore(database, people);
    for (const person of people) losses.push(...(await lossesOf(service, person)));
    expect(losses).toEqual([]);
    for (const person of people.filter(({ user }) => user === 'unknown').slice(0, 20)) {
      await expectRetryWorks(service, person);
    }
    await lossesInStore(database, []);
    await database.destroy();
    const other = new SqliteFile(file);
    expect(other.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(other.pragma('foreign_key_check')).toEqual([]);
    other.close();
    const acknowledged = people.reduce((sum, person) => sum + person.acknowledged, 0);
    report(
      `${name}: ${acknowledged} changes acknowledged, then ` +
        `${people.filter((person) => person.refused !== null).length} refused with 503, ` +
        `${losses.length} lost; a sign-in ${recovered} ms after there was room`,
    );
  });
});

function pidOf(service: Service): number {
  return service.process().child.pid ?? 0;
}
