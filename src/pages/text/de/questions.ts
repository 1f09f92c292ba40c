import type { confirm as englishConfirm, handover as englishHandover } from '../en/questions.js';
import { markup } from '../markup.js';

export const confirm: typeof englishConfirm = {
  cancel: 'Abbrechen',
  connect: {
    title: (provider, app) =>
      `${provider} mit Ihrem ${app === null ? '' : `${app}-`}Konto verbinden?`,
    before: (provider) =>
      `Bevor Sie sich angemeldet haben, wurde in diesem Browser eine Anmeldung mit dem ${provider}-Konto unten versucht.`,
    onlyIfYours: (provider) =>
      `Wer dieses ${provider}-Konto hat, kann sich dann als Sie anmelden. Verbinden Sie es nur, wenn es Ihres ist; sonst wählen Sie „Nicht jetzt“.`,
    unverified: 'E-Mail nicht bestätigt',
    notVerified: (provider) =>
      `${provider} hat die E-Mail-Adresse nicht bestätigt: Jemand anderes kann sie dort eingetragen haben.`,
    yes: (provider) => `${provider} verbinden`,
    no: 'Nicht jetzt',
  },
  goOnConnecting: (provider) =>
    `Sie haben bestätigt, dass Sie es sind. Gehen Sie weiter zu ${provider} und wählen Sie dort das Konto.`,
  export: {
    title: 'Eine Kopie Ihrer Daten herunterladen?',
    means: 'Profil, Verbindungen, Anmeldungen und Aktivitäten, als JSON-Datei.',
    yes: 'Herunterladen',
  },
  disconnect: {
    title: (provider) => `${provider} trennen?`,
    means: (provider) =>
      `Sie können sich dann nicht mehr mit ${provider} anmelden. Browser, die damit angemeldet sind, werden abgemeldet, außer diesem.`,
    account: 'Konto',
    connected: 'Verbunden',
    from: 'Von',
    lastUsed: 'Zuletzt benutzt',
    yes: (provider) => `${provider} trennen`,
  },
  revoke: {
    title: (place) => `${place} abmelden?`,
    browser:
      'Jener Browser wird von Ihrem Konto abgemeldet. Sie können sich dort jederzeit wieder anmelden.',
    application:
      'Jene App wird von Ihrem Konto abgemeldet. Sie können sich dort jederzeit wieder anmelden.',
    address: 'Adresse',
    unknown: 'Unbekannt',
    signedIn: 'Angemeldet',
    provider: 'Anbieter',
    lastSeen: 'Zuletzt aktiv',
    yes: 'Abmelden',
  },
  revokeOthers: {
    title: 'In allen anderen Browsern abmelden?',
    means: 'Jeder Browser, der bei Ihrem Konto angemeldet ist, wird abgemeldet, außer diesem.',
    yes: 'In allen anderen Browsern abmelden',
  },
  signOutEverywhere: {
    title: 'Überall abmelden?',
    means: 'Jeder Browser, der bei Ihrem Konto angemeldet ist, wird abgemeldet, auch dieser.',
    yes: 'Überall abmelden',
  },
  deleteAccount: {
    title: (app) => `Ihr ${app === null ? '' : `${app}-`}Konto löschen?`,
    means: 'Das geschieht sofort und lässt sich nicht rückgängig machen. Mit ihm verschwinden:',
    profile: 'Ihr Name, Ihr Bild und Ihre E-Mail-Adresse',
    connections: (list) => `die Verbindung zu ${list}`,
    record: 'alle Ihre Anmeldungen und die Aufzeichnung der Aktivitäten',
    startsNew: 'Wenn Sie sich später wieder anmelden, beginnen Sie mit einem neuen Konto.',
    downloadFirst: 'Zuerst Ihre Daten herunterladen',
    yes: 'Konto löschen',
  },
};

export const handover: typeof englishHandover = {
  site: (place) => `Die Website ${place}`,
  app: (name) => `Eine App, die sich ${name} nennt,`,
  program: (place) => `Ein Programm auf diesem Computer (${place})`,
  title: (place) => `Bei ${place} anmelden?`,
  signIn: (who) =>
    markup`${who} wird gleich bei Ihrem Konto angemeldet. Von dort aus lässt es sich dann ansehen und benutzen.`,
  connectTitle: (provider) => `${provider} verbinden?`,
  connect: (who, provider, name) =>
    markup`${who} möchte das ${provider}-Konto unten mit dem Konto von ${name} verbinden. Wer das eine hat, kann sich dann bei dem anderen anmelden.`,
  existsTitle: 'Es gibt schon ein Konto mit dieser E-Mail-Adresse',
  exists: (who, provider) =>
    markup`Mit dem ${provider}-Konto unten können Sie sich dort noch nicht anmelden. Fahren Sie fort und melden Sie sich so an wie früher: ${who} kann die beiden dann verbinden.`,
  confirmTitle: 'Bestätigen, dass Sie es sind?',
  confirm: (who, provider, name) =>
    markup`${who} bittet Sie, mit dem ${provider}-Konto unten zu bestätigen, dass das Konto von ${name} Ihres ist. Danach kann dort geschehen, was sich nicht rückgängig machen lässt.`,
  signedInWith: 'Angemeldet mit',
  onlyIfYou:
    'Fahren Sie nur fort, wenn Sie dies dort selbst begonnen haben. Wenn jemand Sie hierher geschickt hat, wählen Sie „Abbrechen“.',
  continue: 'Weiter',
  over: 'Es gibt nichts zu bestätigen',
  startAgain:
    'Es wurde schon beantwortet, es hat zu lange gedauert, oder Sie haben seither in diesem Browser eine andere Anmeldung begonnen. Gehen Sie dorthin zurück, wo Sie begonnen haben, und beginnen Sie noch einmal.',
};
