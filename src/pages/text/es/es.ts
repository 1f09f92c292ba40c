import { markup } from '../markup.js';
import type { Catalogue } from '../en/en.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { exists, lost, notice, outcome, separate, signIn, stepUp } from './sign-in.js';

export const es: Catalogue = {
  language: 'es',
  locale: 'es',
  dir: 'ltr',
  titleAfter: (done, title) => `${done} – ${title}`,
  errorTitle: (title) => `Error: ${title}`,
  requestId: (id) => `Número de solicitud: ${id}`,
  yourAccount: 'Tu cuenta',
  yourAccountAt: (app) => `Tu cuenta${app === null ? '' : ` de ${app}`}`,
  backTo: (app) => `Volver a ${app}`,
  goToAccount: 'Ir a tu cuenta',
  backToAccount: 'Volver a tu cuenta',
  goToSignIn: 'Ir a la página de inicio de sesión',
  who: (name) => markup`Sesión iniciada como ${name}`,
  whoWithEmail: (name, email) => markup`Sesión iniciada como ${name}, ${email}`,
  name: 'Nombre',
  username: 'Nombre de usuario',
  email: 'Correo electrónico',
  foot: { about: 'Información', privacy: 'Privacidad', terms: 'Condiciones', help: 'Ayuda' },
  comma: ', ',
  browserOn: (browser, system) => `${browser} en ${system}`,
  unknownBrowser: 'Navegador desconocido',
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
