import { markup } from '../markup.js';
import type { Catalogue } from '../en/en.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { exists, lost, notice, outcome, separate, signIn, stepUp } from './sign-in.js';

export const fr: Catalogue = {
  language: 'fr',
  locale: 'fr',
  dir: 'ltr',
  titleAfter: (done, title) => `${done} – ${title}`,
  errorTitle: (title) => `Erreur : ${title}`,
  requestId: (id) => `Numéro de la demande : ${id}`,
  yourAccount: 'Votre compte',
  yourAccountAt: (app) => `Votre compte${app === null ? '' : ` ${app}`}`,
  backTo: (app) => `Retour à ${app}`,
  goToAccount: 'Accéder à votre compte',
  backToAccount: 'Retour à votre compte',
  goToSignIn: 'Accéder à la page de connexion',
  who: (name) => markup`Connecté en tant que ${name}`,
  whoWithEmail: (name, email) => markup`Connecté en tant que ${name}, ${email}`,
  name: 'Nom',
  username: 'Nom d’utilisateur',
  email: 'E-mail',
  foot: { about: 'À propos', privacy: 'Confidentialité', terms: 'Conditions', help: 'Aide' },
  comma: ', ',
  browserOn: (browser, system) => `${browser} sur ${system}`,
  unknownBrowser: 'Navigateur inconnu',
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
