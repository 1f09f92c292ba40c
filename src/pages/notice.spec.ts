import { describe, expect, it } from '@jest/globals';
import { errorCodes, sentenceOf } from '../common/errors.js';
import { noticeFor } from './notice.js';

const requestId = '0199c7d2-0000-7000-8000-000000000000';

describe('noticeFor', () => {
  it('says nothing when nothing went wrong', () => {
    expect(noticeFor({ requestId: null })).toBeNull();
  });

  it.each(errorCodes)('has a title and a sentence for %s', (error) => {
    expect(noticeFor({ error, provider: 'google', requestId })).toMatchObject({
      title: expect.stringContaining('Google'),
      sentence: sentenceOf(error),
    });
  });

  it('says which button to choose when the address has an account already', () => {
    const notice = noticeFor({ error: 'account_exists', signInWith: 'twitter', requestId });
    expect(notice?.sentence).toMatch(/Choose “Continue with X”\.$/);
  });

  it.each([
    ['provider_error', requestId],
    ['internal_error', requestId],
    ['access_denied', null],
    ['account_exists', null],
  ])('shows the request id where something is broken: %s', (error, shown) => {
    expect(noticeFor({ error, requestId })?.requestId).toBe(shown);
  });

  it.each(['nonsense', '', 7, ['access_denied'], { toString: 'x' }, '__proto__'])(
    'reads %j as an error of ours',
    (error) => {
      expect(noticeFor({ error, provider: '<b>', signInWith: ['google'], requestId })).toEqual({
        title: null,
        sentence: sentenceOf('internal_error'),
        requestId,
      });
    },
  );
});
