import { markup } from '../markup.js';
import type { Catalogue } from '../en/en.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { lost, notice, separate, signIn, stepUp } from './sign-in.js';

export const pt: Catalogue = {
  language: 'pt',
  locale: 'pt-BR',
  dir: 'ltr',
  titleAfter: (done, title) => `${done} – ${title}`,
  errorTitle: (title) => `Erro: ${title}`,
  requestId: (id) => `Número da solicitação: ${id}`,
  yourAccount: 'Sua conta',
  goToAccount: 'Ir para a sua conta',
  backToAccount: 'Voltar para a sua conta',
  goToSignIn: 'Ir para a página de login',
  who: (name) => markup`Você está conectado como ${name}.`,
  whoWithEmail: (name, email) => markup`Você está conectado como ${name} (${email}).`,
  name: 'Nome',
  username: 'Nome de usuário',
  email: 'E-mail',
  comma: ', ',
  browserOn: (browser, system) => `${browser} no ${system}`,
  unknownBrowser: 'Navegador desconhecido',
  signIn,
  notice,
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
