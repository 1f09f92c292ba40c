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
  title: (app) => `Bei ${app} anmelden`,
  newHere: 'Neu hier? Dieselben Schaltflächen legen Ihr Konto an.',
  gets: (app) =>
    `${app ?? 'Diese App'} bekommt Ihren Namen, Ihr Bild und Ihre E-Mail-Adresse von dem Anbieter, den Sie wählen, niemals Ihr Passwort.`,
  signedIn: (app) => `Sie sind bei ${app} angemeldet`,
  orAsAnother: 'Oder melden Sie sich als jemand anderes an:',
  noProvider: (id, secret) =>
    markup`Noch kann sich niemand anmelden, weil kein Anbieter eingerichtet ist. Setzen Sie die Schlüssel von mindestens einem, etwa ${id} und ${secret}, und starten Sie den Dienst neu.`,
  continueWith: (provider) => `Weiter mit ${provider}`,
  lastUsed: 'Zuletzt benutzt',
  retry: (provider) => `Noch einmal mit ${provider}`,
  notSignedIn: 'Nicht angemeldet',
  sandbox: (isOn) =>
    markup`${isOn('Die Testumgebung ist an.')} Anbieter ohne Zugangsdaten werden nachgestellt: Dort können Sie sich als jede beliebige Person anmelden.`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `Die Anmeldung mit ${provider} hat nicht geklappt`,
  denied: (provider) => `Bei ${provider} wurde kein Zugriff erlaubt`,
  deniedMeans: (provider) =>
    `Sie haben ihn nicht erlaubt, oder ${provider} lässt Ihr Konto nicht zu. Es hat sich nichts geändert. Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg.`,
  noAnswer: (provider) => `${provider} hat nicht geantwortet`,
  errorAnswer: (provider) => `${provider} hat mit einem Fehler geantwortet`,
  notYourFault:
    'Das liegt nicht an Ihnen. Versuchen Sie es gleich noch einmal oder melden Sie sich auf einem anderen Weg an.',
  notConnected: (provider) => `${provider} wurde nicht verbunden`,
  nothingConnected: 'Es wurde nichts verbunden',
  chooseButton: (provider) => `Wählen Sie „Weiter mit ${provider}“.`,
  otherAccount: (provider) =>
    `Mit dieser E-Mail-Adresse gibt es schon ein Konto, und damit ist ein anderes ${provider}-Konto verbunden. Melden Sie sich mit dem anderen ${provider}-Konto an: Wählen Sie „Weiter mit ${provider}“ und wechseln Sie dort zu jenem Konto.`,
  somebodyElse: 'Hier ist jemand anderes angemeldet',
  forAnother:
    'Was Sie begonnen haben, war nicht für das Konto, das jetzt angemeldet ist. Es hat sich nichts geändert. Machen Sie mit diesem Konto weiter oder melden Sie sich als jemand anderes an.',
  anotherChosen: 'Das war ein anderes Konto',
  notConnectedHere: (provider) =>
    `Das ${provider === null ? 'Konto' : `${provider}-Konto`}, das Sie gewählt haben, ist nicht mit dem Konto verbunden, das hier angemeldet ist. Es hat sich nichts geändert. Bestätigen Sie es mit einem, das verbunden ist.`,
  signInFirst:
    'Melden Sie sich zuerst an und verbinden Sie den Anbieter dann auf Ihrer Kontoseite.',
};

export const exists: typeof englishExists = {
  withProvider: (provider) => `Melden Sie sich stattdessen mit ${provider} an`,
  withOther: (provider) => `Melden Sie sich mit Ihrem anderen ${provider}-Konto an`,
  asBefore: 'Melden Sie sich an wie bisher',
  means: (refused, app) =>
    `Es gibt${app === null ? '' : ` bei ${app}`} schon ein Konto mit der E-Mail-Adresse ${refused === null ? 'des Kontos, das Sie gewählt haben' : `dieses ${refused}-Kontos`}.`,
  signInWith: (provider) => `Melden Sie sich dort mit ${provider} an.`,
  signInAsBefore: 'Melden Sie sich dort an wie bisher.',
  otherMeans: (provider, app) =>
    `Es gibt${app === null ? '' : ` bei ${app}`} schon ein Konto mit dieser E-Mail-Adresse, und damit ist ein anderes ${provider}-Konto verbunden. Fahren Sie fort und wechseln Sie bei ${provider} zu jenem Konto.`,
  thenConnect: (refused) =>
    `Danach können Sie ${refused ?? 'das andere'} verbinden und sich mit beiden anmelden.`,
  otherWays: 'Andere Wege zur Anmeldung',
  whyNotJoined:
    'Wir führen Konten nie allein wegen einer E-Mail-Adresse zusammen. Eine Adresse kann den Besitzer wechseln.',
};

export const outcome: typeof englishOutcome = {
  signedOut: 'Sie sind abgemeldet',
  signedOutMeans: (app) => `Dieser Browser ist bei ${app} abgemeldet.`,
  sharedComputer: (provider) =>
    `An einem gemeinsam benutzten Computer melden Sie sich auch bei ${provider} ab. Das können wir nicht für Sie tun.`,
  everywhere: 'Sie sind überall abgemeldet',
  everywhereMeans:
    'Jeder Browser und jede App, die bei Ihrem Konto angemeldet waren, sind abgemeldet, auch dieser Browser.',
  deleted: 'Ihr Konto ist gelöscht',
  deletedMeans:
    'Ihr Profil, Verbindungen, Anmeldungen und Aktivitäten sind weg, und Sie sind überall abgemeldet. Wenn Sie sich später anmelden, entsteht ein neues Konto.',
  again: 'Wieder anmelden',
  signIn: 'Anmelden',
};

export const separate: typeof englishSeparate = {
  titleSignedOut: 'Gehört dieses Konto nicht Ihnen?',
  titleSignedIn: (name) => markup`Sind Sie nicht ${name}?`,
  explanation: (provider, email) =>
    markup`Legen Sie mit ${provider} ein neues Konto an. Es bekommt die Adresse ${email}. In dem Konto, das die Adresse jetzt hat, wird sie strittig: Sie gilt dort nicht mehr als bestätigt. Beide Konten zeigen das an.`,
  start: 'Neues Konto anlegen',
};

export const lost: typeof englishLost = {
  title: 'Ich kann dieses Konto nicht mehr benutzen',
  askForHelp: (link) =>
    markup`Wenn es gelöscht wurde oder nicht mehr Ihnen gehört, ${link('bitten Sie um Hilfe')}, damit Sie mit dem Konto hineinkommen, das Sie jetzt haben.`,
  askOperator:
    'Wenn es gelöscht wurde oder nicht mehr Ihnen gehört, bitten Sie die Betreiber dieses Dienstes um Hilfe, damit Sie mit dem Konto hineinkommen, das Sie jetzt haben.',
  quoteId: 'Nennen Sie dabei diese Anfragenummer:',
};

export const stepUp: typeof englishStepUp = {
  title: 'Bestätigen Sie, dass Sie es sind',
  titleTooEarly: 'Dafür ist es noch zu früh',
  titleWith: (provider) => `Bestätigen Sie es mit ${provider}`,
  afterwards: {
    question: 'geht es gleich weiter.',
    account: 'kommen Sie zu Ihrem Konto zurück. Versuchen Sie es dann noch einmal.',
    elsewhere: 'kommen Sie dorthin zurück, wo Sie waren. Versuchen Sie es dann noch einmal.',
  },
  why: {
    deleteAccount: (app) =>
      `Um Ihr ${app === null ? '' : `${app}-`}Konto zu löschen, müssen Sie sich noch einmal anmelden.`,
    disconnect: (provider) => `Um ${provider} zu trennen, müssen Sie sich noch einmal anmelden.`,
    connect: (provider) => `Um ${provider} zu verbinden, müssen Sie sich noch einmal anmelden.`,
    export: 'Um Ihre Daten herunterzuladen, müssen Sie sich noch einmal anmelden.',
    other: 'Zu Ihrer Sicherheit müssen Sie sich hierfür noch einmal anmelden.',
  },
  signInAgain: (afterwards) => `Danach ${afterwards}`,
  tooEarly: (time) =>
    markup`Was Ihnen danach bliebe, ist erst seit Kurzem verbunden. Vor ${time} kann es keinen älteren Weg zur Anmeldung ersetzen, denn sonst könnte jeder an Ihrem Browser Ihr Konto übernehmen. Es hat sich nichts geändert. Versuchen Sie es dann noch einmal.`,
  tooNew: (time) =>
    markup`Das Konto, mit dem Sie sich angemeldet haben, ist erst seit Kurzem verbunden. Vor ${time} kann es dies nicht bestätigen. Es hat sich nichts geändert.`,
  signInWithOlder: (provider, afterwards) =>
    `Melden Sie sich mit ${provider} an, das schon länger verbunden ist. Danach ${afterwards}`,
  signOutFirst: (provider) =>
    `Wenn ${provider} nicht fragt, wer Sie sind, melden Sie sich zuerst dort ab.`,
  signOutFirstAt: (provider, link) =>
    markup`Wenn ${provider} nicht fragt, wer Sie sind, melden Sie sich zuerst dort ab: ${link}.`,
  signOutLink: (provider) => `Bei ${provider} abmelden (öffnet einen neuen Tab)`,
  again: 'Noch einmal anmelden',
};
