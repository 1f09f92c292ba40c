import type { confirm as englishConfirm, handover as englishHandover } from '../en/questions.js';
import { markup } from '../markup.js';

export const confirm: typeof englishConfirm = {
  cancel: 'Abbrechen',
  connect: {
    title: (provider) => `${provider} mit Ihrem Konto verbinden?`,
    before: (provider) =>
      `Bevor Sie sich angemeldet haben, wurde in diesem Browser eine Anmeldung mit dem ${provider}-Konto unten versucht.`,
    onlyIfYours:
      'Wer es hat, kann sich dann bei Ihrem Konto anmelden. Verbinden Sie es nur, wenn es Ihres ist; sonst wählen Sie „Nicht jetzt“.',
    notVerified: (provider) =>
      `${provider} hat die E-Mail-Adresse nicht bestätigt: Jemand anderes kann sie dort eingetragen haben.`,
    yes: (provider) => `${provider} verbinden`,
    no: 'Nicht jetzt',
  },
  disconnect: {
    title: (provider) => `${provider} trennen?`,
    means: (provider) =>
      `Sie können sich dann nicht mehr mit ${provider} anmelden. Browser, die damit angemeldet sind, werden abgemeldet, außer diesem.`,
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
    title: 'Ihr Konto löschen?',
    means:
      'Ihr Profil, verbundene Anbieter, Anmeldungen und Aktivitäten werden sofort gelöscht. Das lässt sich nicht rückgängig machen.',
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
