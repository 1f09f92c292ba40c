import { markup } from '../markup.js';
import type { Catalogue } from '../en/en.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { exists, lost, notice, outcome, separate, signIn, stepUp } from './sign-in.js';

export const pt: Catalogue = {
  language: 'pt',
  locale: 'pt-BR',
  dir: 'ltr',
  titleAfter: (done, title) => `${done} – ${title}`,
  errorTitle: (title) => `Erro: ${title}`,
  requestId: (id) => `Número da solicitação: ${id}`,
  yourAccount: 'Sua conta',
  yourAccountAt: (app) => `Sua conta${app === null ? '' : ` em ${app}`}`,
  backTo: (app) => `Voltar para ${app}`,
  goToAccount: 'Ir para a sua conta',
  backToAccount: 'Voltar para a sua conta',
  goToSignIn: 'Ir para a página de login',
  who: (name) => markup`Conectado como ${name}`,
  whoWithEmail: (name, email) => markup`Conectado como ${name}, ${email}`,
  name: 'Nome',
  username: 'Nome de usuário',
  email: 'E-mail',
  foot: { about: 'Sobre', privacy: 'Privacidade', terms: 'Termos', help: 'Ajuda' },
  comma: ', ',
  browserOn: (browser, system) => `${browser} no ${system}`,
  unknownBrowser: 'Navegador desconhecido',
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
