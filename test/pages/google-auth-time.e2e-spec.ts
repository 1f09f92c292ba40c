import { expect, it } from '@jest/globals';
import { expectPage, followSignIn } from '../support/account-forms.js';
import { accountSuite } from '../support/account-suite.js';
import { signedIn, somebody } from '../support/accounts.js';
import { linkIn, readOn } from '../support/page.js';

/* Where Google signs when people authenticated, it has to ask them: the page says how to make it. */

const latchkey = accountSuite({ GOOGLE_AUTH_TIME: 'on', RECENT_SIGN_IN_ASSURANCE: 'proven' });

it('a step-up that Google answered without asking leads to signing out there first', async () => {
  const ada = somebody();
  const fault = 'id_token_old_authentication';
  const browser = await signedIn(latchkey, 'google', { ...ada, fault });
  const page = await browser.get('/account/delete');
  expectPage(page, 403, 'Confirm that it is you');
  expect(readOn(page)).toContain('If Google does not ask who you are, sign out there first.');
  const again = linkIn(page, 'Continue with Google');
  expect(again).toBe(
    `${latchkey.url}/auth/google?prompt=login&returnTo=${encodeURIComponent('/account/delete')}`,
  );
  const refused = await followSignIn(browser, again, { ...ada, fault });
  expectPage(refused, 403, 'Confirm that it is you');
  expectPage(await followSignIn(browser, again, ada), 200, 'Delete your account?');
});
