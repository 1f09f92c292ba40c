import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import { outcomeOf, signedIn, somebody } from '../support/accounts.js';
import { Browser } from '../support/browser.js';
import { compileService } from '../support/service-process.js';
import { ask, type Answered, slowest, startLoad } from './support/load.js';
import { percentile, report } from './support/report.js';
import { clientsOf } from '../support/registration.js';
import { type Service, startService } from './support/service.js';
import { outages, type Outage, type Stand, startStand } from './support/stand.js';

const PROVIDER_MS = 1000;
const MARGIN_MS = 1000;

let compiled: ReturnType<typeof compileService>;
let service: Service;
let member: Browser;
let stands: Record<ProviderId, Stand>;

beforeAll(async () => {
  compiled = compileService();
  service = await startService(compiled.main, async (_sandbox, url) => {
    const [google, twitter, facebook] = await Promise.all(
      providerIds.map(() => startStand(clientsOf(url))),
    );
    if (!google || !twitter || !facebook) throw new Error('There are three providers.');
    stands = { google, twitter, facebook };
    await google.goDown('refused');
    const { FACEBOOK_DIALOG_URL, FACEBOOK_GRAPH_URL } = facebook.sandbox().settings;
    return {
      GOOGLE_ISSUER: google.sandbox().settings.GOOGLE_ISSUER,
      TWITTER_API_URL: twitter.sandbox().settings.TWITTER_API_URL,
      FACEBOOK_DIALOG_URL,
      FACEBOOK_GRAPH_URL,
      PROVIDER_TIMEOUT_MS: String(PROVIDER_MS),
      DATABASE_URL: 'file:./test.db',
      LOG_LEVEL: 'fatal',
    };
  });
}, 60_000);

afterEach(async () => {
  await Promise.all(Object.values(stands).map((stand) => stand.comeBack()));
});

afterAll(async () => {
  await service.close();
  await Promise.all(Object.values(stands).map((stand) => stand.close()));
  compiled.remove();
});

/** A callback that a provider has sent somebody to. */
async function waitingCallback(provider: ProviderId) {
  const browser = new Browser(service);
  return { browser, url: await browser.consent(await browser.start(provider), somebody()) };
}

/** What goes on all the time, whatever becomes of a provider. */
function startReads() {
  const anybody = new Browser(service);
  return startLoad(
    { read: () => member.api('/users/me'), live: () => anybody.api('/health/live') },
    25,
  );
}

/** A sign-in from start to callback, as one answer. */
function signIn(provider: ProviderId): Promise<Answered> {
  return ask(provider, () => new Browser(service).signIn(provider, somebody()));
}

function times(answers: readonly Answered[]): number[] {
  return answers.map(({ began, ended }) => ended - began);
}

/** Sign-ins with some providers, several beside each other. */
async function signIns(providers: readonly ProviderId[], count: number): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (let at = 0; at < count; at += 1) {
    answers.push(...(await Promise.all(providers.map(signIn))));
  }
  return answers;
}

const isSignedIn = ({ status, location }: Answered) =>
  status === 302 && location?.replace(/#$/, '') === '/account';

describe('a provider that was down from the start', () => {
  it('is asked again each time: that it failed is not remembered', async () => {
    const browser = new Browser(service);
    expect(outcomeOf(await browser.get('/auth/google'))).toBe('provider_error');
    await stands.google.goDown('silent');
    expect(outcomeOf(await browser.get('/auth/google'))).toBe('provider_timeout');
    await stands.google.comeBack();
    expect(isSignedIn(await signIn('google'))).toBe(true);
  });
});

describe.each(providerIds)('while %s is down', (provider) => {
  const others = providerIds.filter((id) => id !== provider);
  let before: Answered[];

  beforeAll(async () => {
    member ??= await signedIn(service);
    const reads = startReads();
    before = await signIns(others, 10);
    await reads.stop();
  });

  it.each(outages)(
    '(%s) its sign-ins fail fast, the others and everybody else go on',
    async (outage) => {
      const callbacks = await Promise.all(
        Array.from({ length: 8 }, () => waitingCallback(provider)),
      );
      await stands[provider].goDown(outage);
      const reads = startReads();
      const [failed, during] = await Promise.all([
        Promise.all(
          callbacks.map(({ browser, url }) => ask(provider, () => browser.callback(url))),
        ),
        signIns(others, 10),
      ]);
      const answered = await reads.stop();

      expect(new Set(failed.map(codeOf))).toEqual(new Set([expectedCode(outage)]));
      expect(slowest(failed)).toBeLessThan(PROVIDER_MS + MARGIN_MS);
      expect(during.filter((answer) => !isSignedIn(answer))).toEqual([]);
      expect(slowest(during)).toBeLessThan(PROVIDER_MS + MARGIN_MS);
      expect(new Set(answered.map(({ status }) => status))).toEqual(new Set([200]));
      expect(slowest(answered)).toBeLessThan(PROVIDER_MS);

      await stands[provider].comeBack();
      const back = Date.now();
      expect(isSignedIn(await signIn(provider))).toBe(true);
      report(
        `${provider} ${outage}: ${codeOf(failed[0])} within ${slowest(failed)} ms; others’ sign-ins p95 ` +
          `${percentile(times(before), 0.95)} → ${percentile(times(during), 0.95)} ms; reads p95 ` +
          `${percentile(times(answered), 0.95)} ms; signed in ${Date.now() - back} ms after it was back`,
      );
    },
  );
});

describe('three hundred people before a silent provider', () => {
  it('are all told in time, over a bounded number of connections, and hold up nobody', async () => {
    await stands.google.comeBack();
    // What three hundred browsers cost this machine when nobody has to wait.
    await stands.twitter.goDown('refused');
    const refused = await startsOf(300);
    await stands.twitter.goDown('silent');
    const before = service.memory();
    const crowd = startsOf(300);
    await sleep(200);
    const others = await signIns(['google', 'facebook'], 5);
    const told = await crowd;
    const after = service.memory();
    expect(new Set(told.map(codeOf))).toEqual(new Set(['provider_timeout']));
    expect(slowest(told)).toBeLessThan(PROVIDER_MS + MARGIN_MS + 2 * slowest(refused));
    expect(others.filter((answer) => !isSignedIn(answer))).toEqual([]);
    expect(stands.twitter.mostConnections()).toBeGreaterThan(100);
    // 256 at a time; the provider hears that one is gone a moment after the next has come.
    expect(stands.twitter.mostConnections()).toBeLessThan(300);
    expect(after - before).toBeLessThan(150);
    await stands.twitter.comeBack();
    expect(isSignedIn(await signIn('twitter'))).toBe(true);
    report(
      `300 at once before a silent X: provider_timeout within ${slowest(told)} ms ` +
        `(${slowest(refused)} ms when it refuses), ` +
        `${stands.twitter.mostConnections()} connections, memory ${before} → ${after} MB, others’ ` +
        `sign-ins within ${slowest(others)} ms`,
    );
  });
});

/** As many people at once who start with X. */
function startsOf(count: number): Promise<Answered[]> {
  return Promise.all(
    Array.from({ length: count }, () =>
      ask('start', () => new Browser(service).get('/auth/twitter')),
    ),
  );
}

function codeOf(answer: Answered | undefined): string | null {
  return new URL(answer?.location ?? '/', service.url).searchParams.get('error');
}

function expectedCode(outage: Outage): string {
  return outage === 'silent' ? 'provider_timeout' : 'provider_error';
}
