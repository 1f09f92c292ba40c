import { markup } from '../markup.js';
import type { Catalogue } from '../en/en.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { exists, lost, notice, outcome, separate, signIn, stepUp } from './sign-in.js';

export const de: Catalogue = {
  language: 'de',
  locale: 'de',
  dir: 'ltr',
  titleAfter: (done, title) => `${done} – ${title}`,
  errorTitle: (title) => `Fehler: ${title}`,
  requestId: (id) => `Anfragenummer: ${id}`,
  yourAccount: 'Ihr Konto',
  yourAccountAt: (app) => (app === null ? 'Ihr Konto' : `Ihr ${app}-Konto`),
  backTo: (app) => `Zurück zu ${app}`,
  goToAccount: 'Zu Ihrem Konto',
  backToAccount: 'Zurück zu Ihrem Konto',
  goToSignIn: 'Zur Anmeldeseite',
  who: (name) => markup`Angemeldet als ${name}`,
  whoWithEmail: (name, email) => markup`Angemeldet als ${name}, ${email}`,
  name: 'Name',
  username: 'Benutzername',
  email: 'E-Mail',
  foot: {
    about: 'Über diese Seite',
    privacy: 'Datenschutz',
    terms: 'Nutzungsbedingungen',
    help: 'Hilfe',
  },
  comma: ', ',
  browserOn: (browser, system) => `${browser} unter ${system}`,
  unknownBrowser: 'Unbekannter Browser',
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
