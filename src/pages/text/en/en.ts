import { type Html, markup } from '../markup.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { exists, lost, notice, outcome, separate, signIn, stepUp } from './sign-in.js';

/**
 * English, which says what every other language has to have. A `provider` is its label, such as `Google`; an `app` is the
 * name of whose the pages are, or null where none is set.
 */
export const en = {
  /** BCP 47, in lower case. */
  language: 'en',
  /** Whose dates and numbers. */
  locale: 'en-GB',
  dir: 'ltr' as 'ltr' | 'rtl',
  /** The title of a window, beginning with what has just been done. */
  titleAfter: (done: string, title: string) => `${done} – ${title}`,
  errorTitle: (title: string) => `Error: ${title}`,
  requestId: (id: string) => `Request id: ${id}`,
  yourAccount: 'Your account',
  yourAccountAt: (app: string | null) => (app === null ? 'Your account' : `Your ${app} account`),
  backTo: (app: string) => `Back to ${app}`,
  goToAccount: 'Go to your account',
  backToAccount: 'Back to your account',
  goToSignIn: 'Go to the sign-in page',
  who: (name: Html) => markup`Signed in as ${name}`,
  whoWithEmail: (name: Html, email: Html) => markup`Signed in as ${name}, ${email}`,
  name: 'Name',
  username: 'Username',
  email: 'Email',
  /** At the foot of every page. */
  foot: { about: 'About', privacy: 'Privacy', terms: 'Terms', help: 'Help' },
  /** Between the facts of one line. */
  comma: ', ',
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
  unknownBrowser: 'Unknown browser',
  signIn,
  notice,
  exists,
  outcome,
  separate,
  lost,
  stepUp,
  account,
  activityPages,
  activity,
  flash,
  newIdentity,
  confirm,
  handover,
  errors,
  errorPages,
};

/** Every sentence of the pages, in one language. */
export type Catalogue = typeof en;
