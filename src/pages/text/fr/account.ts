import type {
  account as englishAccount,
  activity as englishActivity,
  activityPages as englishPages,
  flash as englishFlash,
  newIdentity as englishNewIdentity,
} from '../en/account.js';
import { markup } from '../markup.js';

export const account: typeof englishAccount = {
  verified: 'Vérifiée',
  contested: 'Contestée',
  notVerified: 'Non vérifiée',
  noEmail: 'Aucune adresse e-mail',
  contestedMeans: (email) =>
    markup`La boîte ${email} appartient à quelqu’un qui a son propre compte ici ; l’adresse n’est donc plus vérifiée comme la vôtre. Vous vous connectez comme avant. Pour avoir une autre adresse ici, changez-la chez votre fournisseur et connectez-vous à nouveau.`,
  providers: 'Moyens de connexion',
  providersMean: 'Chacun mène à ce même compte. Au moins un doit rester associé.',
  lastUsed: (time) => markup`dernière utilisation : ${time}`,
  connectedSince: (time) => markup`associé : ${time}`,
  disconnect: 'Dissocier',
  disconnectOne: (provider) => `Dissocier ${provider}`,
  notConnected: 'Non associé',
  connect: 'Associer',
  connectOne: (provider) => `Associer ${provider}`,
  sessions: 'Où vous êtes connecté',
  sessionsMean: 'Déconnectez ceux que vous ne reconnaissez pas.',
  thisBrowser: 'Ce navigateur',
  activeNow: 'Actif maintenant',
  active: (time) => markup`Actif ${time}`,
  signedInWith: (provider, time) => markup`connecté avec ${provider} ${time}`,
  signOut: 'Se déconnecter',
  signOutHere: 'Se déconnecter de ce navigateur',
  signOutOf: (browser, address, provider, time) =>
    `Se déconnecter de ${browser}, ${address === null ? '' : `${address}, `}connecté avec ${provider} : ${time}`,
  signOutOthers: 'Se déconnecter de tous les autres navigateurs',
  signOutEverywhere: 'Se déconnecter partout',
  activity: 'Activité récente',
  activityMeans: 'Ce qui s’est passé avec ce compte, du plus récent au plus ancien.',
  data: 'Vos données',
  dataMeans: 'Ce qui est conservé ici à votre sujet.',
  copy: 'Une copie de vos données',
  copyMeans: 'Profil, associations, connexions et activité, en JSON',
  userId: (id) => markup`Indiquez-le quand vous demandez de l’aide : ${id}`,
  download: 'Télécharger',
  userIdTitle: 'Identifiant d’utilisateur',
  delete: 'Supprimer le compte',
  deleteMeans: 'Cette action est définitive.',
  deleteYours: (app) => `Supprimer votre compte${app === null ? '' : ` ${app}`}`,
  askedFirst: 'Une confirmation vous sera demandée avant toute suppression.',
  asOf: (time) => markup`État au ${time}.`,
  showExactTimes: 'Afficher les heures exactes',
};

export const activityPages: typeof englishPages = {
  newest: 'Activité de votre compte',
  older: 'Activité plus ancienne de votre compte',
  toNewest: 'Activité la plus récente',
  toOlder: 'Activité plus ancienne',
  nothingOlder: 'Il n’y a rien de plus ancien.',
};

export const activity: typeof englishActivity = {
  events: {
    sign_in: (provider) => `Connexion avec ${provider}`,
    sign_in_refused: (provider) =>
      `Quelqu’un ayant votre adresse a essayé de se connecter avec ${provider}, qui n’est pas associé`,
    disabled_sign_in_refused: (provider) =>
      `Connexion avec ${provider} refusée pendant que le compte était désactivé`,
    reauthenticated: (provider) => `Nouvelle connexion avec ${provider}`,
    reauthentication_failed: (provider) => `La nouvelle connexion avec ${provider} n’a pas abouti`,
    sign_out: () => 'Déconnexion',
    identity_linked: (provider) => `Association avec ${provider}`,
    link_refused: (provider) => `L’association avec ${provider} n’a pas abouti`,
    identity_unlinked: (provider) => `Fin de l’association avec ${provider}`,
    identity_settled: (provider) => `L’association avec ${provider} a été confirmée comme la vôtre`,
    identity_moved: (provider) => `Un autre compte chez ${provider} a pris la place du vôtre`,
    address_claimed: (provider) =>
      `Début avec l’adresse envoyée par ${provider}, désormais contestée dans un autre compte`,
    address_contested: (provider) =>
      `L’adresse envoyée par ${provider} appartient à quelqu’un d’autre, qui a désormais son propre compte`,
    address_released: (provider) =>
      `L’adresse envoyée par ${provider} n’est plus vérifiée comme la vôtre`,
    session_revoked: () => 'Déconnexion d’un navigateur',
    other_sessions_revoked: () => 'Déconnexion de tous les autres navigateurs',
    all_sessions_revoked: () => 'Déconnexion de tous les navigateurs',
    oldest_sessions_ended: (provider) =>
      `Déconnexion des navigateurs inutilisés depuis le plus longtemps : il y en avait trop avec ${provider}`,
    profile_changed: () => 'Nom ou langue modifiés',
    data_exported: () => 'Téléchargement des données du compte',
    user_disabled: () => 'Le compte a été désactivé',
    user_enabled: () => 'Le compte a été réactivé',
  },
  someProvider: 'un fournisseur',
  bySomebodyElse: 'par quelqu’un d’autre',
  byOperator: 'par l’exploitant de ce service',
};

export const flash: typeof englishFlash = {
  connected: (provider) => `${provider} est associé.`,
  disconnected: (provider) => `${provider} est dissocié.`,
  acknowledged: (provider) => `${provider} reste associé.`,
  'nothing-pending': 'Il n’y avait plus rien à associer. Vous voyez ci-dessous ce qui est associé.',
  'session-ended': 'Ce navigateur est déconnecté.',
  'others-ended': 'Tous les autres navigateurs sont déconnectés.',
};

export const newIdentity: typeof englishNewIdentity = {
  title: (provider) => `${provider} a été associé à votre compte`,
  warning: (provider) =>
    `Toute personne qui a ce compte ${provider} peut se connecter au vôtre. Si ce n’est pas vous qui l’avez associé, dissociez-le.`,
  itWasMe: 'C’était moi',
  disconnect: 'Le dissocier',
};
