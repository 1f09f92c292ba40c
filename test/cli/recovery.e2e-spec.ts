import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  activity,
  me,
  outcomeOf,
  sessionCookie,
  signedIn,
  signedInWith,
  somebody,
  stepUp,
  worthOf,
} from '../support/accounts.js';
import { Browser, type Consent } from '../support/browser.js';
import { expectInvariants } from '../support/invariants.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';
import { compileService, type Finished, runCommand } from '../support/service-process.js';

/* A Workspace account that was deleted and made anew: the same address, another subject. */

jest.setTimeout(60_000);

const ADDRESS = 'katherine@school.example';

let compiled: ReturnType<typeof compileService>;
let latchkey: Latchkey;

beforeAll(async () => {
  compiled = compileService();
  latchkey = await startLatchkey();
});

afterAll(async () => {
  await latchkey.close();
  compiled.remove();
});

beforeEach(() => latchkey.database.deleteFrom('users').execute());

const workspace = (subject: string): Consent => ({
  name: 'Katherine',
  email: ADDRESS,
  emailVerified: true,
  hostedDomain: 'school.example',
  subject,
});
const [gone, anew] = [workspace('1001'), workspace('2002')];

function run(...args: string[]): Promise<Finished> {
  const set = Object.entries(latchkey.environment).filter((entry) => entry[1] !== undefined);
  const environment = { ...Object.fromEntries(set), LOG_LEVEL: 'info' } as Record<string, string>;
  return runCommand(compiled.main, environment, args);
}

/** Signs in, is refused, and gets a browser for it. */
async function refused(provider: 'google' | 'facebook', consent: Consent): Promise<Browser> {
  const browser = new Browser(latchkey);
  expect(outcomeOf(await browser.signIn(provider, consent))).toBe('account_exists');
  return browser;
}

describe('users move-identity', () => {
  it('lets the account that was made anew sign in as its person', async () => {
    const browser = await signedIn(latchkey, 'google', gone);
    const { id } = await me(browser);
    const cookie = await sessionCookie(browser);
    await refused('google', anew);
    const moved = await run('users', 'move-identity', id, 'google', '--yes');
    expect(moved).toMatchObject({
      code: 0,
      stdout: `google:2002 signs in as Katherine <${ADDRESS}> (${id}) now.\n`,
    });
    expect(moved.stderr).toContain('"event":"identity_moved"');
    expect(moved.stderr).toContain('"by":"operator"');
    expect(await worthOf(latchkey, cookie)).toBe(401);

    const again = await signedIn(latchkey, 'google', anew);
    expect(await me(again)).toMatchObject({
      id,
      email: ADDRESS,
      emailVerified: true,
      identities: [{ provider: 'google', subject: '2002' }],
    });
    const events = await activity(again);
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'identity_moved', subject: '2002', via: 'operator' }),
    );
    // Whoever was refused may have been somebody else.
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'sign_in_refused', subject: null }),
    );
    expect(outcomeOf(await new Browser(latchkey).signIn('google', gone))).toBe('account_exists');
    await expectInvariants(latchkey.database);
    // It is the only one, so it counts at once.
    await stepUp(again, 'google', anew);
    expect((await again.apiSend('delete', '/users/me')).status).toBe(204);
  });

  it('ends what the old one has proven, and evicts no older one until it has settled', async () => {
    const x = somebody();
    const both = await signedInWith(latchkey, ['google', gone], ['twitter', x]);
    const { id } = await me(both);
    const byX = await signedIn(latchkey, 'twitter', x);
    const [cookie, ofX] = [await sessionCookie(both), await sessionCookie(byX)];
    await refused('google', anew);
    const moved = await run('users', 'move-identity', id, 'google', '2002', '--yes', '--json');
    expect(JSON.parse(moved.stdout)).toEqual({
      id,
      provider: 'google',
      subject: '2002',
      moved: true,
    });
    expect([await worthOf(latchkey, cookie), await worthOf(latchkey, ofX)]).toEqual([401, 200]);
    const again = await signedIn(latchkey, 'google', anew);
    await stepUp(again, 'google', anew);
    const evicted = await again.apiSend('delete', '/users/me/identities/twitter');
    expect([evicted.status, evicted.body]).toMatchObject([403, { code: 'identity_too_new' }]);
    expect((await byX.api('/auth/session')).body).toMatchObject({
      newIdentities: [{ provider: 'google' }],
    });
    await expectInvariants(latchkey.database);
  });

  it('takes no account that was not refused here, at an address that it has verified', async () => {
    const { id } = await me(await signedIn(latchkey, 'google', gone));
    await refused('google', { ...anew, subject: '3003', emailVerified: false });
    await refused('facebook', { name: 'Katherine', email: ADDRESS, subject: '3003' });
    for (const subject of [[], ['3003'], ['2002']]) {
      const { code, stderr } = await run(
        'users',
        'move-identity',
        id,
        'google',
        ...subject,
        '--yes',
      );
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining('was refused at this user’s address'),
      ]);
    }
    expect((await me(await signedIn(latchkey, 'google', gone))).id).toBe(id);
  });

  it('takes nobody else’s, and nothing in the place of none', async () => {
    const { id } = await me(await signedIn(latchkey, 'google', gone));
    await refused('google', anew);
    await run('users', 'release-address', id, ADDRESS, '--yes');
    await signedIn(latchkey, 'google', anew);
    const taken = await run('users', 'move-identity', id, 'google', '2002', '--yes');
    expect([taken.code, taken.stderr]).toEqual([
      1,
      expect.stringContaining('signs in as the user'),
    ]);
    const none = await run('users', 'move-identity', id, 'twitter', '2002', '--yes');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('not connected')]);
    await expectInvariants(latchkey.database);
  });

  it('asks which one where several were refused, and asks before it does', async () => {
    const { id } = await me(await signedIn(latchkey, 'google', gone));
    // What is merely claimed, within the same minute, keeps nothing that is vouched for out of the record.
    await refused('facebook', { name: 'Katherine', email: ADDRESS, subject: '4004' });
    for (const subject of ['2002', '3003', '3003']) await refused('google', workspace(subject));
    const which = await run('users', 'move-identity', id, 'google', '--yes');
    expect([which.code, which.stderr]).toEqual([1, expect.stringMatching(/3003 \(.*Z\), 2002 \(/)]);
    expect((await run('users', 'move-identity', id, 'google', '2002')).code).not.toBe(0);
    expect((await run('users', 'move-identity', id, 'google', '3003', '--yes')).code).toBe(0);
  });
});

describe('users release-address', () => {
  it('lets whoever has the mailbox begin anew, beside the account that had it', async () => {
    const { id } = await me(await signedIn(latchkey, 'google', gone));
    const pending = await refused('google', anew);
    const released = await run('users', 'release-address', id, 'Katherine@School.example', '--yes');
    expect(released).toMatchObject({ code: 0 });
    expect(released.stderr).toContain('"event":"address_released"');
    expect((await pending.api('/auth/session')).body).toMatchObject({ pendingLink: null });

    const other = await me(await signedIn(latchkey, 'google', anew));
    expect(other).toMatchObject({ email: ADDRESS, emailVerified: true });
    expect(other.id).not.toBe(id);
    // No refresh makes it verified again.
    const before = await signedIn(latchkey, 'google', gone);
    expect(await me(before)).toMatchObject({ id, email: ADDRESS, emailVerified: false });
    expect((await activity(before)).map(({ event }) => event)).toContain('address_released');
    await expectInvariants(latchkey.database);
    const twice = await run('users', 'release-address', id, ADDRESS, '--yes');
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('no such verified')]);
  });
});

describe('the page that refuses', () => {
  it.each([
    [undefined, null],
    ['https://help.example.com/in?a=1', 'https://help.example.com/in?a=1'],
    ['mailto:help@example.com', 'mailto:help@example.com'],
  ])('says where to turn, with SUPPORT_URL %s', async (SUPPORT_URL, href) => {
    const own = await startLatchkey({ SUPPORT_URL });
    try {
      await signedIn(own, 'google', gone);
      const browser = new Browser(own);
      const answer = await browser.signIn('google', anew);
      const { text } = await browser.get(String(answer.headers['location']));
      const [lost = ''] = /<details class="lost">[^]*?<\/details>/.exec(text) ?? [];
      expect(lost).toContain('I cannot use that account any more');
      expect(lost).toContain(answer.headers['x-request-id']);
      expect(/href="([^"]*)"/.exec(lost)?.[1] ?? null).toBe(href);
      expect((await browser.get('/?error=access_denied&provider=google')).text).not.toContain(
        'class="lost"',
      );
    } finally {
      await own.close();
    }
  });
});
