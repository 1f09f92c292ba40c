import type { confirm as englishConfirm, handover as englishHandover } from '../en/questions.js';
import { markup } from '../markup.js';

export const confirm: typeof englishConfirm = {
  cancel: 'Annuler',
  connect: {
    title: (provider, app) =>
      `Associer ${provider} à votre compte${app === null ? '' : ` ${app}`} ?`,
    before: (provider) =>
      `Avant votre connexion, ce navigateur a essayé de se connecter avec le compte ${provider} ci-dessous.`,
    onlyIfYours: (provider) =>
      `Toute personne qui a ce compte ${provider} pourra alors se connecter en votre nom. Associez-le uniquement s’il est à vous ; sinon, choisissez « Pas maintenant ».`,
    unverified: 'E-mail non vérifié',
    notVerified: (provider) =>
      `${provider} n’a pas vérifié l’adresse e-mail : quelqu’un d’autre a pu l’y saisir.`,
    yes: (provider) => `Associer ${provider}`,
    no: 'Pas maintenant',
  },
  goOnConnecting: (provider) =>
    `Vous avez confirmé qu’il s’agit bien de vous. Continuez chez ${provider}, et choisissez-y le compte.`,
  export: {
    title: 'Télécharger une copie de vos données ?',
    means: 'Profil, associations, connexions et activité, dans un fichier JSON.',
    yes: 'Télécharger',
  },
  disconnect: {
    title: (provider) => `Dissocier ${provider} ?`,
    means: (provider) =>
      `Vous ne pourrez plus vous connecter avec ${provider}. Les navigateurs connectés avec lui seront déconnectés, sauf celui-ci.`,
    account: 'Compte',
    connected: 'Associé',
    from: 'Depuis',
    lastUsed: 'Dernière utilisation',
    yes: (provider) => `Dissocier ${provider}`,
  },
  revoke: {
    title: (place) => `Se déconnecter de ${place} ?`,
    browser:
      'Ce navigateur sera déconnecté de votre compte. Vous pourrez vous y reconnecter à tout moment.',
    application:
      'Cette application sera déconnectée de votre compte. Vous pourrez vous y reconnecter à tout moment.',
    address: 'Adresse',
    unknown: 'Inconnue',
    signedIn: 'Connexion',
    provider: 'Fournisseur',
    lastSeen: 'Dernière activité',
    yes: 'Se déconnecter',
  },
  revokeOthers: {
    title: 'Se déconnecter de tous les autres navigateurs ?',
    means: 'Tous les navigateurs connectés à votre compte seront déconnectés, sauf celui-ci.',
    yes: 'Se déconnecter de tous les autres navigateurs',
  },
  signOutEverywhere: {
    title: 'Se déconnecter partout ?',
    means: 'Tous les navigateurs connectés à votre compte seront déconnectés, y compris celui-ci.',
    yes: 'Se déconnecter partout',
  },
  deleteAccount: {
    title: (app) => `Supprimer votre compte${app === null ? '' : ` ${app}`} ?`,
    means: 'La suppression est immédiate et irréversible. Disparaissent avec lui :',
    profile: 'votre nom, votre photo et votre adresse e-mail',
    connections: (list) => `l’association avec ${list}`,
    record: 'toutes vos connexions et l’historique de l’activité',
    startsNew:
      'Si vous vous connectez à nouveau plus tard, vous commencerez avec un nouveau compte.',
    downloadFirst: 'Télécharger d’abord vos données',
    yes: 'Supprimer le compte',
  },
};

export const handover: typeof englishHandover = {
  site: (place) => `Le site ${place}`,
  app: (name) => `Une application qui se présente sous le nom de ${name}`,
  program: (place) => `Un programme sur cet ordinateur (${place})`,
  title: (place) => `Se connecter à ${place} ?`,
  signIn: (who) =>
    markup`${who} est sur le point d’accéder à votre compte. Il sera alors possible, depuis cet endroit, de le consulter et d’y agir.`,
  connectTitle: (provider) => `Associer ${provider} ?`,
  connect: (who, provider, name) =>
    markup`${who} demande d’associer le compte ${provider} ci-dessous au compte de ${name}. Toute personne qui a l’un pourra alors se connecter à l’autre.`,
  existsTitle: 'Il existe déjà un compte avec cette adresse e-mail',
  exists: (who, provider) =>
    markup`Le compte ${provider} ci-dessous ne permet pas encore de s’y connecter. Continuez, et connectez-vous comme auparavant : ${who} pourra alors associer les deux.`,
  confirmTitle: 'Confirmer qu’il s’agit bien de vous ?',
  confirm: (who, provider, name) =>
    markup`${who} vous demande de confirmer, avec le compte ${provider} ci-dessous, que le compte de ${name} est le vôtre. Des actions irréversibles y seront alors possibles.`,
  signedInWith: 'Connecté avec',
  onlyIfYou:
    'Continuez uniquement si vous avez vous-même commencé là-bas. Si quelqu’un vous a envoyé ici, choisissez « Annuler ».',
  continue: 'Continuer',
  over: 'Il n’y a rien à confirmer',
  startAgain:
    'La réponse a déjà été donnée, cela a pris trop de temps, ou vous avez commencé depuis une autre connexion dans ce navigateur. Retournez là où vous avez commencé, et recommencez.',
};
