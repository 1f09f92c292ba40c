import type {
  account as englishAccount,
  activity as englishActivity,
  activityPages as englishPages,
  flash as englishFlash,
  newIdentity as englishNewIdentity,
} from '../en/account.js';
import { markup } from '../markup.js';

export const account: typeof englishAccount = {
  verified: 'Bestätigt',
  contested: 'Strittig',
  notVerified: 'Nicht bestätigt',
  noEmail: 'Keine E-Mail-Adresse',
  contestedMeans: (email) =>
    markup`Das Postfach ${email} gehört jemandem, der hier ein eigenes Konto hat; darum gilt die Adresse nicht mehr als Ihre bestätigte. Sie melden sich an wie bisher. Wenn Sie hier eine andere Adresse möchten, ändern Sie sie bei Ihrem Anbieter und melden Sie sich noch einmal an.`,
  providers: 'Wege zur Anmeldung',
  providersMean:
    'Jeder davon führt zu diesem einen Konto. Mindestens einer muss verbunden bleiben.',
  lastUsed: (time) => markup`zuletzt benutzt ${time}`,
  connectedSince: (time) => markup`verbunden ${time}`,
  disconnect: 'Trennen',
  disconnectOne: (provider) => `${provider} trennen`,
  notConnected: 'Nicht verbunden',
  connect: 'Verbinden',
  connectOne: (provider) => `${provider} verbinden`,
  sessions: 'Wo Sie angemeldet sind',
  sessionsMean: 'Melden Sie alle ab, die Sie nicht kennen.',
  thisBrowser: 'Dieser Browser',
  activeNow: 'Gerade aktiv',
  active: (time) => markup`Aktiv ${time}`,
  signedInWith: (provider, time) => markup`angemeldet mit ${provider} ${time}`,
  signOut: 'Abmelden',
  signOutHere: 'In diesem Browser abmelden',
  signOutOf: (browser, address, provider, time) =>
    `Abmelden: ${browser}, ${address === null ? '' : `${address}, `}angemeldet mit ${provider}: ${time}`,
  signOutOthers: 'In allen anderen Browsern abmelden',
  signOutEverywhere: 'Überall abmelden',
  activity: 'Letzte Aktivitäten',
  activityMeans: 'Was mit diesem Konto geschehen ist, das Neueste zuerst.',
  data: 'Ihre Daten',
  dataMeans: 'Was hier über Sie gespeichert ist.',
  copy: 'Eine Kopie Ihrer Daten',
  copyMeans: 'Profil, Verbindungen, Anmeldungen und Aktivitäten, als JSON',
  download: 'Herunterladen',
  userIdTitle: 'Benutzernummer',
  userId: (id) => markup`Nennen Sie sie, wenn Sie um Hilfe bitten: ${id}`,
  delete: 'Konto löschen',
  deleteMeans: 'Es gibt keinen Weg zurück.',
  deleteYours: (app) => `Ihr ${app === null ? '' : `${app}-`}Konto löschen`,
  askedFirst: 'Sie werden noch einmal gefragt, bevor etwas geschieht.',
  asOf: (time) => markup`Stand: ${time}.`,
  showExactTimes: 'Genaue Zeiten zeigen',
};

export const activityPages: typeof englishPages = {
  newest: 'Aktivitäten in Ihrem Konto',
  older: 'Ältere Aktivitäten in Ihrem Konto',
  toNewest: 'Neueste Aktivitäten',
  toOlder: 'Ältere Aktivitäten',
  nothingOlder: 'Es gibt nichts Älteres.',
};

export const activity: typeof englishActivity = {
  events: {
    sign_in: (provider) => `Mit ${provider} angemeldet`,
    sign_in_refused: (provider) =>
      `Jemand mit Ihrer Adresse wollte sich mit ${provider} anmelden, ohne dass diese Verbindung besteht`,
    disabled_sign_in_refused: (provider) =>
      `Anmeldung mit ${provider} abgelehnt, während das Konto gesperrt war`,
    reauthenticated: (provider) => `Noch einmal mit ${provider} angemeldet`,
    reauthentication_failed: (provider) =>
      `Die erneute Anmeldung mit ${provider} hat nicht geklappt`,
    sign_out: () => 'Abgemeldet',
    identity_linked: (provider) => `Mit ${provider} verbunden`,
    link_refused: (provider) => `Die Verbindung mit ${provider} hat nicht geklappt`,
    identity_unlinked: (provider) => `Von ${provider} getrennt`,
    identity_settled: (provider) => `Die Verbindung mit ${provider} wurde als Ihre bestätigt`,
    identity_moved: (provider) => `Ein anderes Konto bei ${provider} hat Ihres ersetzt`,
    address_claimed: (provider) =>
      `Mit der Adresse von ${provider} begonnen, die jetzt in einem anderen Konto strittig ist`,
    address_contested: (provider) =>
      `Die Adresse von ${provider} gehört jemand anderem, der jetzt ein eigenes Konto hat`,
    address_released: (provider) =>
      `Die Adresse von ${provider} gilt nicht mehr als Ihre bestätigte`,
    session_revoked: () => 'In einem Browser abgemeldet',
    other_sessions_revoked: () => 'In allen anderen Browsern abgemeldet',
    all_sessions_revoked: () => 'In allen Browsern abgemeldet',
    oldest_sessions_ended: (provider) =>
      `In den am längsten unbenutzten Browsern abgemeldet: Es waren zu viele mit ${provider}`,
    profile_changed: () => 'Name oder Sprache geändert',
    data_exported: () => 'Die Daten des Kontos heruntergeladen',
    user_disabled: () => 'Das Konto wurde gesperrt',
    user_enabled: () => 'Das Konto wurde wieder freigegeben',
  },
  someProvider: 'einem Anbieter',
  bySomebodyElse: 'durch jemand anderen',
  byOperator: 'durch den Betreiber dieses Dienstes',
};

export const flash: typeof englishFlash = {
  connected: (provider) => `${provider} ist verbunden.`,
  disconnected: (provider) => `${provider} ist getrennt.`,
  acknowledged: (provider) => `${provider} bleibt verbunden.`,
  'nothing-pending': 'Es war nichts mehr zu verbinden. Unten sehen Sie, was verbunden ist.',
  'session-ended': 'Jener Browser ist abgemeldet.',
  'others-ended': 'Alle anderen Browser sind abgemeldet.',
};

export const newIdentity: typeof englishNewIdentity = {
  title: (provider) => `${provider} wurde mit Ihrem Konto verbunden`,
  warning: (provider) =>
    `Wer jenes ${provider}-Konto hat, kann sich bei Ihrem anmelden. Wenn Sie es nicht verbunden haben, trennen Sie es.`,
  itWasMe: 'Das war ich',
  disconnect: 'Verbindung trennen',
};
