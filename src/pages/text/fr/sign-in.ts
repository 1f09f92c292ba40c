import type {
  exists as englishExists,
  lost as englishLost,
  notice as englishNotice,
  outcome as englishOutcome,
  separate as englishSeparate,
  signIn as englishSignIn,
  stepUp as englishStepUp,
} from '../en/sign-in.js';
import { markup } from '../markup.js';

export const signIn: typeof englishSignIn = {
  title: (app) => `Se connecter à ${app}`,
  newHere: 'Nouveau ici ? Les mêmes boutons créent votre compte.',
  gets: (app) =>
    `${app ?? 'Cette application'} reçoit votre nom, votre photo et votre adresse e-mail du fournisseur que vous choisissez, jamais votre mot de passe.`,
  signedIn: (app) => `Vous êtes connecté à ${app}`,
  orAsAnother: 'Ou connectez-vous en tant que quelqu’un d’autre :',
  noProvider: (id, secret) =>
    markup`Personne ne peut encore se connecter, car aucun fournisseur n’est configuré. Définissez les clés d’au moins un fournisseur, par exemple ${id} et ${secret}, puis redémarrez le service.`,
  continueWith: (provider) => `Continuer avec ${provider}`,
  lastUsed: 'Utilisé en dernier',
  retry: (provider) => `Réessayer avec ${provider}`,
  notSignedIn: 'Non connecté',
  sandbox: (isOn) =>
    markup`${isOn('L’environnement d’essai est activé.')} Les fournisseurs sans identifiants sont simulés : vous pouvez vous y connecter en tant que n’importe qui.`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `La connexion avec ${provider} n’a pas abouti`,
  denied: (provider) => `L’accès chez ${provider} n’a pas été autorisé`,
  deniedMeans: (provider) =>
    `Vous ne l’avez pas autorisé, ou ${provider} n’accepte pas votre compte. Rien n’a changé. Réessayez, ou choisissez un autre moyen.`,
  noAnswer: (provider) => `${provider} n’a pas répondu`,
  errorAnswer: (provider) => `${provider} a répondu par une erreur`,
  notYourFault: 'Vous n’y êtes pour rien. Réessayez dans un instant, ou connectez-vous autrement.',
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

export const exists: typeof englishExists = {
  withProvider: (provider) => `Connectez-vous plutôt avec ${provider}`,
  withOther: (provider) => `Connectez-vous avec votre autre compte ${provider}`,
  asBefore: 'Connectez-vous comme avant',
  means: (refused, app) =>
    `Il existe déjà un compte${app === null ? '' : ` chez ${app}`} avec l’adresse e-mail ${refused === null ? 'du compte que vous avez choisi' : `de ce compte ${refused}`}.`,
  signInWith: (provider) => `Connectez-vous à ce compte avec ${provider}.`,
  signInAsBefore: 'Connectez-vous à ce compte comme avant.',
  otherMeans: (provider, app) =>
    `Il existe déjà un compte${app === null ? '' : ` chez ${app}`} avec cette adresse e-mail, et un autre compte ${provider} y est associé. Continuez, et passez à ce compte chez ${provider}.`,
  thenConnect: (refused) =>
    `Vous pourrez ensuite associer ${refused ?? 'l’autre'}, et vous connecter avec l’un ou l’autre.`,
  otherWays: 'Autres moyens de se connecter',
  whyNotJoined:
    'Nous ne réunissons jamais des comptes sur la seule foi d’une adresse e-mail. Une adresse peut changer de mains.',
};

export const outcome: typeof englishOutcome = {
  signedOut: 'Vous êtes déconnecté',
  signedOutMeans: (app) => `Ce navigateur est déconnecté de ${app}.`,
  sharedComputer: (provider) =>
    `Sur un ordinateur partagé, déconnectez-vous aussi de ${provider}. Nous ne pouvons pas le faire pour vous.`,
  everywhere: 'Vous êtes déconnecté partout',
  everywhereMeans:
    'Tous les navigateurs et applications connectés à votre compte sont déconnectés, y compris ce navigateur.',
  deleted: 'Votre compte est supprimé',
  deletedMeans:
    'Votre profil, vos associations, vos connexions et votre activité ont disparu, et vous êtes déconnecté partout. Une nouvelle connexion créera un nouveau compte.',
  again: 'Se connecter à nouveau',
  signIn: 'Se connecter',
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
    question: 'vous pourrez continuer aussitôt.',
    account: 'vous reviendrez à votre compte. Réessayez alors.',
    elsewhere: 'vous reviendrez là où vous en étiez. Réessayez alors.',
  },
  why: {
    deleteAccount: (app) =>
      `Pour supprimer votre compte${app === null ? '' : ` ${app}`}, vous devez vous connecter encore une fois.`,
    disconnect: (provider) =>
      `Pour dissocier ${provider}, vous devez vous connecter encore une fois.`,
    connect: (provider) => `Pour associer ${provider}, vous devez vous connecter encore une fois.`,
    export: 'Pour télécharger vos données, vous devez vous connecter encore une fois.',
    other: 'Pour votre sécurité, cette opération demande une nouvelle connexion.',
  },
  signInAgain: (afterwards) => `Connectez-vous à nouveau, et ${afterwards}`,
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
};
