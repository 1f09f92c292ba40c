import { expect, it } from '@jest/globals';
import { namesOf } from '../support/cookies.js';
import { browserSuite } from './support/browser-suite.js';
import { signIn, whoIs } from './support/visit.js';

const { latchkey, visit } = browserSuite();

it.each(['google', 'twitter', 'facebook'] as const)(
  'a callback of %s whose answer was lost signs in when the browser asks again',
  async (provider) => {
    const { context, page } = await visit();
    let callback = '';
    page.on('request', (request) => {
      if (request.url().includes('/callback?')) callback = request.url();
    });
    await signIn(page, latchkey.url, provider);
    expect(await whoIs(page)).toBe('Ada Lovelace');
    await context.clearCookies({ name: namesOf(latchkey).session });

    await page.goto(callback);
    expect(await whoIs(page)).toBe('Ada Lovelace');
    expect(new URL(page.url()).pathname).toBe('/account');
    await page.goto(callback);
    expect(await whoIs(page)).toBe('Ada Lovelace');
    const sessions = await latchkey.database.selectFrom('sessions').select('id').execute();
    expect(sessions).toHaveLength(1);
  },
);
