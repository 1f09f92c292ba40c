import type {
  account as englishAccount,
  activity as englishActivity,
  activityPages as englishPages,
  flash as englishFlash,
  newIdentity as englishNewIdentity,
} from '../en/account.js';
import { markup } from '../markup.js';

export const account: typeof englishAccount = {
  verified: 'bestätigt',
  contested: 'strittig',
  notVerified: 'nicht bestätigt',
  noEmail: 'Keine E-Mail-Adresse',
  contestedMeans: (email) =>
    markup`Das Postfach ${email} gehört jemandem, der hier ein eigenes Konto hat; darum gilt die Adresse nicht mehr als Ihre bestätigte. Sie melden sich an wie bisher. Wenn Sie hier eine andere Adresse möchten, ändern Sie sie bei Ihrem Anbieter und melden Sie sich noch einmal an.`,
  providers: 'Verbundene Anbieter',
  lastUsed: (time) => markup`Zuletzt benutzt: ${time}`,
  disconnect: 'Trennen',
  disconnectOne: (provider) => `${provider} trennen`,
  notConnected: 'Nicht verbunden',
  connect: 'Verbinden',
  connectOne: (provider) => `${provider} verbinden`,
  sessions: 'Wo Sie angemeldet sind',
  thisBrowser: 'dieser Browser',
  lastSeen: (time) => markup`Zuletzt aktiv: ${time}`,
  signedInWith: (provider, time) => markup`Angemeldet mit ${provider}: ${time}`,
  signOut: 'Abmelden',
  signOutHere: 'In diesem Browser abmelden',
  signOutOf: (browser, address, provider, time) =>
    `Abmelden: ${browser}, ${address === null ? '' : `${address}, `}angemeldet mit ${provider}: ${time}`,
  signOutOthers: 'In allen anderen Browsern abmelden',
  signOutEverywhere: 'Überall abmelden',
  activity: 'Letzte Aktivitäten',
  data: 'Ihre Daten',
  userId: (id) => markup`Ihre Benutzernummer ist ${id}`,
  download: 'Ihre Daten herunterladen (JSON)',
  delete: 'Konto löschen',
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
  'ended-everywhere': 'Sie sind überall abgemeldet.',
  deleted:
    'Ihr Konto ist gelöscht, mit allem, was dazugehörte. Wenn Sie sich wieder anmelden, entsteht ein neues.',
};

export const newIdentity: typeof englishNewIdentity = {
  title: (provider) => `${provider} wurde mit Ihrem Konto verbunden`,
  warning: (provider) =>
    `Wer jenes ${provider}-Konto hat, kann sich bei Ihrem anmelden. Wenn Sie es nicht verbunden haben, trennen Sie es.`,
  itWasMe: 'Das war ich',
  disconnect: 'Verbindung trennen',
};
