import type {
  lost as englishLost,
  notice as englishNotice,
  separate as englishSeparate,
  signIn as englishSignIn,
  stepUp as englishStepUp,
} from '../en/sign-in.js';
import { markup } from '../markup.js';

export const signIn: typeof englishSignIn = {
  title: 'Se connecter',
  signedInAs: (name) => markup`Vous êtes connecté en tant que ${name}`,
  orConfirm: 'Ou confirmez qu’il s’agit bien de vous :',
  orAsAnother: 'Ou connectez-vous en tant que quelqu’un d’autre :',
  choose: 'Choisissez le compte avec lequel continuer.',
  noProvider: (id, secret) =>
    markup`Personne ne peut encore se connecter, car aucun fournisseur n’est configuré. Définissez les clés d’au moins un fournisseur, par exemple ${id} et ${secret}, puis redémarrez le service.`,
  continueWith: (provider) => `Continuer avec ${provider}`,
  sandbox: (isOn) =>
    markup`${isOn('L’environnement d’essai est activé.')} Les fournisseurs sans identifiants sont simulés : vous pouvez vous y connecter en tant que n’importe qui.`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `La connexion avec ${provider} n’a pas abouti`,
  notConnected: (provider) => `${provider} n’a pas été associé`,
  nothingConnected: 'Rien n’a été associé',
  chooseButton: (provider) => `Choisissez « Continuer avec ${provider} ».`,
  otherAccount: (provider) =>
    `Il existe déjà un compte avec cette adresse e-mail, et un autre compte ${provider} y est associé. Connectez-vous avec cet autre compte ${provider} : choisissez « Continuer avec ${provider} », puis passez à ce compte.`,
  somebodyElse: 'Quelqu’un d’autre est connecté ici',
  forAnother:
    'Ce que vous avez commencé n’était pas destiné au compte maintenant connecté. Rien n’a changé. Continuez avec ce compte, ou connectez-vous en tant que quelqu’un d’autre.',
  anotherChosen: 'C’était un autre compte',
  notConnectedHere: (provider) =>
    `Le compte ${provider === null ? '' : `${provider} `}que vous avez choisi n’est pas associé au compte connecté ici. Rien n’a changé. Confirmez avec un compte associé.`,
  signInFirst:
    'Connectez-vous d’abord, puis associez le fournisseur depuis la page de votre compte.',
};

export const separate: typeof englishSeparate = {
  titleSignedOut: 'Ce compte n’est pas le vôtre ?',
  titleSignedIn: (name) => markup`Vous n’êtes pas ${name} ?`,
  explanation: (provider, email) =>
    markup`Créez un nouveau compte avec ${provider}. Il recevra l’adresse ${email}. Dans le compte qui a cette adresse aujourd’hui, elle devient contestée : elle n’est plus vérifiée. Les deux comptes l’indiquent.`,
  start: 'Créer un nouveau compte',
};

export const lost: typeof englishLost = {
  title: 'Je ne peux plus utiliser ce compte',
  askForHelp: (link) =>
    markup`S’il a été supprimé, ou s’il n’est plus à vous, ${link('demandez de l’aide')} pour entrer avec celui que vous avez maintenant.`,
  askOperator:
    'S’il a été supprimé, ou s’il n’est plus à vous, demandez aux responsables de ce service de vous laisser entrer avec celui que vous avez maintenant.',
  quoteId: 'Indiquez ce numéro de demande :',
};

export const stepUp: typeof englishStepUp = {
  title: 'Confirmez qu’il s’agit bien de vous',
  titleTooEarly: 'Il est encore trop tôt',
  titleWith: (provider) => `Confirmez avec ${provider}`,
  afterwards: {
    question: 'vous pourrez reprendre là où vous en étiez.',
    account: 'vous reviendrez à votre compte. Réessayez alors.',
    elsewhere: 'vous reviendrez là où vous en étiez. Réessayez alors.',
  },
  signInAgain: (afterwards) =>
    `Pour votre sécurité, cette opération demande une nouvelle connexion. Connectez-vous à nouveau, et ${afterwards}`,
  tooEarly: (time) =>
    markup`Le moyen de connexion qui vous resterait n’est associé que depuis peu. Il ne peut pas en remplacer un plus ancien avant le ${time}, sinon n’importe qui devant votre navigateur pourrait s’emparer de votre compte. Rien n’a changé. Réessayez à ce moment-là.`,
  tooNew: (time) =>
    markup`Le compte avec lequel vous vous êtes connecté n’est associé que depuis peu. Il ne peut pas confirmer cette opération avant le ${time}. Rien n’a changé.`,
  signInWithOlder: (provider, afterwards) =>
    `Connectez-vous avec ${provider}, associé depuis plus longtemps, et ${afterwards}`,
  signOutFirst: (provider) =>
    `Si ${provider} ne vous demande pas qui vous êtes, déconnectez-vous d’abord là-bas.`,
  signOutFirstAt: (provider, link) =>
    markup`Si ${provider} ne vous demande pas qui vous êtes, déconnectez-vous d’abord là-bas : ${link}.`,
  signOutLink: (provider) => `Se déconnecter de ${provider} (nouvel onglet)`,
  again: 'Se connecter à nouveau',
  againWith: (provider) => `Se connecter à nouveau avec ${provider}`,
};
