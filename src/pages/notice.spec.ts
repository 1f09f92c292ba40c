import { describe, expect, it } from '@jest/globals';
import { type ErrorCode, errorCodes, messageOf } from '../common/errors/app-error.js';
import { noticeFor as noticeIn } from './notice.js';
import { en } from './text/en/en.js';
import { wordsOf } from './text/words.js';

const requestId = '0199c7d2-0000-7000-8000-000000000000';

const noticeFor = noticeIn.bind(null, wordsOf(en));

/** What the address says when a provider was not connected. */
const failed = (error: unknown, provider?: unknown) => ({
  error,
  provider,
  purpose: 'link',
  requestId,
});

describe('noticeFor', () => {
  it('says nothing when nothing went wrong', () => {
    expect(noticeFor({ requestId: null }, false)).toBeNull();
  });

  const named = ['access_denied', 'provider_error', 'provider_timeout'];
  it.each(named)('names the provider in the title for %s, and not again', (error) => {
    const notice = noticeFor({ error, provider: 'google', requestId }, false);
    expect(notice?.title).toMatch(/^(?:Google |Access at Google )/);
    expect(notice?.sentence).not.toContain('The provider');
    expect(noticeFor({ error, requestId }, false)?.sentence).toBe(messageOf(error as ErrorCode));
  });

  it.each(errorCodes.filter((code) => !named.includes(code)))(
    'has a title and a sentence for %s',
    (error) => {
      expect(noticeFor({ error, provider: 'google', requestId }, false)).toMatchObject({
        title: expect.stringContaining('Google'),
        sentence: messageOf(error),
      });
    },
  );

  it('says which button to choose when the address has an account already', () => {
    const notice = noticeFor(
      { error: 'account_exists', provider: 'google', signInWith: 'twitter', requestId },
      false,
    );
    expect(notice?.sentence).toBe(`${messageOf('account_exists')} Choose “Continue with X”.`);
  });

  it('says which account to choose when the address’s owner has another one of the same provider', () => {
    const notice = noticeFor(
      { error: 'account_exists', provider: 'twitter', signInWith: 'twitter', requestId },
      false,
    );
    expect(notice?.sentence).toContain('Sign in with the other X account');
    // There is no room for a second account of the provider.
    expect(notice?.sentence).not.toContain('you can connect');
  });

  describe('while a provider was being connected', () => {
    it('names the way out to somebody whose account is taken, signed in or not', () => {
      const sentences = [true, false].map(
        (isSignedIn) => noticeFor(failed('identity_in_use', 'twitter'), isSignedIn)?.sentence,
      );
      expect(sentences[0]).toContain('disconnect that one first');
      expect(sentences[1]).toBe(sentences[0]);
    });

    const others = errorCodes.filter((code) => code !== 'identity_in_use');
    it.each(others)('speaks of that for %s, and tells a visitor to sign in first', (error) => {
      const signedIn = noticeFor(failed(error, 'twitter'), true);
      const visitor = noticeFor(failed(error, 'twitter'), false);
      expect([signedIn?.title, visitor?.title]).toEqual(Array(2).fill('X was not connected'));
      expect(visitor?.sentence).toBe(
        `${signedIn?.sentence} Sign in first, then connect the provider from your account page.`,
      );
    });

    it.each(['access_denied', 'provider_error', 'provider_timeout', 'invalid_id_token'])(
      'does not send somebody who is signed in to sign in: %s',
      (error) => {
        expect(noticeFor(failed(error, 'twitter'), true)?.sentence).not.toMatch(
          /sign in|another provider/i,
        );
      },
    );

    it('names no provider that it does not know', () => {
      expect(noticeFor(failed('access_denied', '<b>'), true)?.title).toBe('Nothing was connected');
    });

    it.each(['Link', 'sign-in', '', ['link'], { toString: 'link' }])(
      'is not what %j says',
      (purpose) => {
        const query = { ...failed('access_denied', 'google'), purpose };
        expect(noticeFor(query, true)?.title).toBe('Access at Google was not allowed');
      },
    );
  });

  it.each([
    ['provider_error', requestId],
    ['internal_error', requestId],
    ['access_denied', null],
    ['account_exists', null],
  ])('shows the request id where something is broken: %s', (error, shown) => {
    expect(noticeFor({ error, requestId }, false)?.requestId).toBe(shown);
  });

  it.each(['nonsense', '', 7, ['access_denied'], { toString: 'x' }, '__proto__'])(
    'reads %j as an error of ours',
    (error) => {
      expect(
        noticeFor({ error, provider: '<b>', signInWith: ['google'], requestId }, false),
      ).toEqual({
        title: null,
        sentence: messageOf('internal_error'),
        isFault: true,
        requestId,
      });
    },
  );
});
