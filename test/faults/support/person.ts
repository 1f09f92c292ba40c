import type { Response } from 'supertest';
import type { ProviderId } from '../../../src/common/provider-id.js';
import { linkCallback, outcomeOf, somebody, type Somebody } from '../../support/accounts.js';
import { Browser } from '../../support/browser.js';
import { sessionAmong } from '../../support/cookies.js';
import type { Random } from './random.js';

/** What a person has been told of something of theirs. `unknown`: a change was asked for and not answered. */
export type Told = 'lives' | 'ended' | 'unknown';

/** A change that is not known to have happened, because its answer did not come, or said that it could not be made. */
class NotAcknowledged extends Error {}

/**
 * One person who signs in, renews, connects, signs out and leaves, and keeps book of what the service has acknowledged:
 * this has to be true whatever becomes of the service afterwards.
 */
export class Person {
  readonly identity: Somebody = somebody();
  readonly second: Somebody = somebody();
  user: Told | 'nobody' = 'nobody';
  link: Told | 'nobody' = 'nobody';
  /** By the value of the session cookie. */
  readonly sessions = new Map<string, Told>();
  acknowledged = 0;
  /** Why it went no further, where it did not: the service answered 503, or not at all. */
  refused: string | null = null;

  constructor(private readonly service: { url: string }) {}

  /** Does one thing after another until all is done, or something is not acknowledged. */
  async live(random: Random): Promise<void> {
    try {
      const browser = new Browser(this.service);
      await this.signIn(browser);
      if (random() < 0.4) await this.connect(browser);
      if (random() < 0.4) await this.signIn(browser);
      const other = new Browser(this.service);
      if (random() < 0.4) await this.signIn(other);
      const fate = random();
      if (fate < 0.25) await this.signOut(browser);
      else if (fate < 0.45) await this.signOutOthers(browser);
      else if (fate < 0.6) await this.leave(browser);
    } catch (error) {
      if (!(error instanceof NotAcknowledged)) throw error;
      this.refused = error.message;
    }
  }

  /** Signs in. A browser that is signed in has its session renewed: its old cookie ends. */
  private async signIn(browser: Browser): Promise<void> {
    const before = await cookieOf(browser);
    const answer = await unanswered(callbackOf(browser, this.identity));
    if (this.user === 'nobody') this.user = 'unknown';
    this.doubt(before);
    await acknowledged(browser.callback(answer), (response) => outcomeOf(response) === '/account');
    const cookie = await cookieOf(browser);
    if (cookie === undefined || cookie === before) throw new Error('Signed in without a session.');
    this.user = 'lives';
    if (before !== undefined) this.sessions.set(before, 'ended');
    this.sessions.set(cookie, 'lives');
    this.acknowledged += 1;
  }

  private async connect(browser: Browser): Promise<void> {
    const answer = await unanswered(linkCallback(browser, 'twitter', this.second));
    this.link = 'unknown';
    await acknowledged(browser.callback(answer), (response) => outcomeOf(response) === '/account');
    this.link = 'lives';
    this.acknowledged += 1;
  }

  private async signOut(browser: Browser): Promise<void> {
    const cookie = await cookieOf(browser);
    this.doubt(cookie);
    await acknowledged(browser.apiSend('post', '/auth/logout'), ({ status }) => status === 204);
    if (cookie !== undefined) this.sessions.set(cookie, 'ended');
    this.acknowledged += 1;
  }

  private async signOutOthers(browser: Browser): Promise<void> {
    const own = await cookieOf(browser);
    const others = [...this.sessions.keys()].filter((cookie) => cookie !== own);
    for (const cookie of others) this.doubt(cookie);
    await acknowledged(browser.apiSend('delete', '/users/me/sessions'), (response) => {
      return response.status === 204;
    });
    for (const cookie of others) this.sessions.set(cookie, 'ended');
    this.acknowledged += 1;
  }

  private async leave(browser: Browser): Promise<void> {
    this.user = 'unknown';
    for (const cookie of this.sessions.keys()) this.doubt(cookie);
    if (this.link === 'lives') this.link = 'unknown';
    await acknowledged(browser.apiSend('delete', '/users/me'), ({ status }) => status === 204);
    this.user = 'ended';
    for (const cookie of this.sessions.keys()) this.sessions.set(cookie, 'ended');
    this.acknowledged += 1;
  }

  /** What has ended stays ended, whatever is asked for. */
  private doubt(cookie: string | undefined): void {
    if (cookie !== undefined && this.sessions.get(cookie) === 'lives') {
      this.sessions.set(cookie, 'unknown');
    }
  }
}

/** Asks for a step-up, without which nobody may leave. */
async function callbackOf(
  browser: Browser,
  person: Somebody,
  provider: ProviderId = 'google',
): Promise<string> {
  return browser.consent(await browser.start(provider, { prompt: 'login' }), person);
}

/** Nothing is changed by this; when it fails, all is as it was. */
async function unanswered<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new NotAcknowledged('Not even begun', { cause: error });
  });
}

/** The answer to a change; anything but the one that acknowledges it must be a 503, or none. */
async function acknowledged(
  answer: Promise<Response>,
  isDone: (response: Response) => boolean,
): Promise<void> {
  const response = await answer.catch((error: unknown) => {
    throw new NotAcknowledged('No answer', { cause: error });
  });
  if (response.status === 503) throw new NotAcknowledged('503');
  if (!isDone(response)) throw new Error(`Unexpected: ${response.status} ${response.text}`);
}

async function cookieOf(browser: Browser): Promise<string | undefined> {
  return sessionAmong(await browser.cookies());
}
