import { signedIn, somebody } from '../../support/accounts.js';
import { Browser } from '../../support/browser.js';

interface Waiting {
  browser: Browser;
  url: string;
}

/** How many come back from the provider before others do so a second time. */
const FIRST = 30;

/** What people do all the time, as kinds of a load: look, start, come back from the provider, change something. */
export async function peopleOf(service: { url: string }) {
  const member = await signedIn(service);
  const callbacks = await Promise.all(
    Array.from({ length: 2 * FIRST }, async (): Promise<Waiting> => {
      const browser = new Browser(service);
      return { browser, url: await browser.consent(await browser.start('google'), somebody()) };
    }),
  );
  // The first ones have been answered before anything happens; a later one that is not answered is sent again.
  let next = -1;
  return {
    member,
    kinds: {
      read: () => member.api('/users/me'),
      page: () => member.get('/account'),
      start: () => new Browser(service).api('/auth/google'),
      write: () => member.apiSend('delete', '/users/me/sessions'),
      callback: () => {
        next = next === callbacks.length - 1 ? FIRST : next + 1;
        const { browser, url } = callbacks[next] as Waiting;
        return browser.callback(url, { Accept: 'application/json' });
      },
      ready: () => new Browser(service).api('/health/ready'),
    },
  };
}
