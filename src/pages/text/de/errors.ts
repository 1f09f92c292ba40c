import type { errorPages as englishPages, errors as english } from '../en/errors.js';

export const errors: typeof english = {
  codes: {
    invalid_state:
      'Diese Anmeldung wurde nicht in diesem Browser begonnen oder ist schon abgeschlossen. Beginnen Sie noch einmal.',
    state_expired: 'Diese Anmeldung hat zu lange gedauert. Beginnen Sie noch einmal.',
    provider_mismatch:
      'Die Antwort kam von einem anderen Anbieter als dem, der gefragt wurde. Beginnen Sie noch einmal.',
    session_changed:
      'Begonnen wurde dies mit einem anderen Konto als dem, das jetzt angemeldet ist oder das Sie gewählt haben. Es hat sich nichts geändert. Melden Sie sich mit dem richtigen Konto an und versuchen Sie es noch einmal.',
    access_denied:
      'Sie haben beim Anbieter keinen Zugriff erlaubt, oder er lässt Ihr Konto nicht zu. Versuchen Sie es noch einmal oder wählen Sie einen anderen Anbieter.',
    login_required:
      'Der Anbieter konnte Sie nicht anmelden, ohne Sie etwas zu fragen. Melden Sie sich noch einmal an.',
    invalid_id_token:
      'Der Nachweis des Anbieters, wer Sie sind, ließ sich nicht prüfen. Versuchen Sie es noch einmal.',
    provider_error:
      'Der Anbieter hat mit einem Fehler geantwortet. Versuchen Sie es gleich noch einmal oder wählen Sie einen anderen Anbieter.',
    provider_timeout:
      'Der Anbieter hat nicht rechtzeitig geantwortet. Versuchen Sie es gleich noch einmal oder wählen Sie einen anderen Anbieter.',
    account_exists:
      'Mit dieser E-Mail-Adresse gibt es schon ein Konto. Melden Sie sich so an wie bisher; danach können Sie dieses verbinden.',
    account_disabled:
      'Dieses Konto ist gesperrt. Fragen Sie bei denen nach, die diesen Dienst betreiben.',
    invalid_grant:
      'Der Code lässt sich nicht einlösen: Er ist falsch, verbraucht oder zu alt, oder er gehört nicht zu diesem Ziel oder Prüfwert. Beginnen Sie noch einmal.',
    identity_in_use:
      'Mit diesem Konto meldet sich hier schon jemand an. Um jenes Konto zu benutzen, melden Sie sich ab und dann damit an.',
    last_identity:
      'Das ist der letzte Weg, sich anzumelden. Verbinden Sie zuerst einen anderen Anbieter.',
    reauth_required:
      'Melden Sie sich noch einmal an, um zu bestätigen, dass Sie es sind, und wiederholen Sie dies.',
    identity_too_new:
      'Das Konto, mit dem Sie dies bestätigt haben, ist erst seit Kurzem verbunden. Bestätigen Sie es mit einem älteren, oder warten Sie.',
    csrf_failed:
      'Das kam nicht von einer Seite dieses Dienstes, darum hat sich nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.',
    service_key_in_browser:
      'Ein Dienstschlüssel kam aus einem Browser. Er ist ein Geheimnis Ihrer Server: Nehmen Sie ihn aus der Seite und ersetzen Sie ihn.',
    rate_limited: 'Zu viele Anfragen. Warten Sie eine Weile und versuchen Sie es noch einmal.',
    store_unavailable:
      'Der Dienst erreicht seine Datenbank nicht. Versuchen Sie es gleich noch einmal.',
    not_ready: 'Der Dienst startet gerade oder hält an. Versuchen Sie es gleich noch einmal.',
    internal_error:
      'Bei uns ist etwas schiefgegangen. Versuchen Sie es noch einmal, und nennen Sie die Anfragenummer, wenn es wieder geschieht.',
    unauthenticated: 'Melden Sie sich zuerst an.',
    not_found: 'Hier gibt es nichts. Prüfen Sie die Adresse.',
    bad_request:
      'Die Anfrage ließ sich nicht lesen. Gehen Sie zurück, laden Sie die Seite neu und versuchen Sie es noch einmal.',
    misdirected_request:
      'Bei diesem Dienst ist die Testumgebung an; er antwortet nur auf dem Rechner, auf dem er läuft. Öffnen Sie ihn dort, unter seiner eigenen Adresse.',
    payload_too_large: 'Die Anfrage ist zu groß. Senden Sie höchstens 32 KB.',
    unsupported_media_type:
      'Dieser Inhaltstyp wird hier nicht angenommen. Senden Sie JSON oder ein Formular.',
  },
  details: {
    another_connected:
      'Ein anderes Konto dieses Anbieters ist schon verbunden. Trennen Sie zuerst dieses.',
    nothing_pending: 'Es gibt nichts mehr zu verbinden. Beginnen Sie noch einmal.',
    used_up:
      'Diese Adresse wurde schon geöffnet oder ist zu alt. Beginnen Sie in der App noch einmal.',
  },
  connecting: {
    access_denied:
      'Sie haben beim Anbieter keinen Zugriff erlaubt, oder er lässt Ihr Konto nicht zu. An Ihrem Konto hat sich nichts geändert.',
    login_required:
      'Der Anbieter konnte nicht antworten, ohne Sie etwas zu fragen. Beginnen Sie noch einmal in Ihrem Konto.',
    invalid_state:
      'Dies wurde nicht in diesem Browser begonnen oder ist schon abgeschlossen. Beginnen Sie noch einmal in Ihrem Konto.',
    state_expired: 'Das hat zu lange gedauert. Beginnen Sie noch einmal in Ihrem Konto.',
    provider_mismatch:
      'Die Antwort kam von einem anderen Anbieter als dem, der gefragt wurde. Beginnen Sie noch einmal in Ihrem Konto.',
    invalid_id_token:
      'Der Nachweis des Anbieters, wessen Konto es ist, ließ sich nicht prüfen. Beginnen Sie noch einmal in Ihrem Konto.',
    provider_error:
      'Der Anbieter hat mit einem Fehler geantwortet. Warten Sie einen Moment und beginnen Sie noch einmal in Ihrem Konto.',
    provider_timeout:
      'Der Anbieter hat nicht rechtzeitig geantwortet. Warten Sie einen Moment und beginnen Sie noch einmal in Ihrem Konto.',
    identity_in_use:
      'Dieses Konto lässt sich nicht verbinden. Entweder benutzt es hier schon jemand anderes, oder Sie haben schon ein anderes Konto dieses Anbieters verbunden; dann trennen Sie zuerst jenes.',
    session_changed:
      'Sie sind nicht mehr mit dem Konto angemeldet, in dem Sie dies begonnen haben. Es hat sich nichts geändert.',
  },
};

export const errorPages: typeof englishPages = {
  titles: {
    401: 'Nicht angemeldet',
    403: 'Nicht erlaubt',
    404: 'Hier gibt es keine Seite',
    409: 'Das ist nicht möglich',
    421: 'Nicht unter dieser Adresse',
    429: 'Zu viele Anfragen',
    503: 'Vorübergehend nicht verfügbar',
  },
  signInAgain: 'Noch einmal anmelden',
  usedUpByOthers:
    'Wenn nicht Sie so oft angefragt haben, ist vielleicht jemand anderes als Sie angemeldet. Melden Sie sich noch einmal an, um zu bestätigen, dass Sie es sind: Dann geht es sofort weiter.',
  otherTitle: 'Etwas ist schiefgegangen',
  formNotFound: 'Nicht gefunden',
  noPage: 'Vielleicht ist die Adresse vertippt, oder die Seite ist umgezogen.',
  wait: (wait) => `Warten Sie ${wait}`,
  waitMeans: 'Von Ihnen oder aus Ihrem Netz kamen zu viele Anfragen. Ihrem Konto fehlt nichts.',
  unavailable:
    'Der Dienst ist im Moment nicht verfügbar. Versuchen Sie es in einer Minute noch einmal.',
  tryAgain: 'Noch einmal versuchen',
  nothingToDo: 'Hier ist nichts zu tun',
  sessionGone: 'Dieser Browser ist nicht mehr angemeldet.',
  identityGone: (provider) =>
    `${provider ?? 'Dieser Anbieter'} ist nicht mit Ihrem Konto verbunden.`,
  somebodyElse: 'Jetzt ist jemand anderes angemeldet',
  madeForAnother:
    'Die Seite, von der Sie dies gesendet haben, war für ein anderes Konto, darum hat sich nichts geändert. Machen Sie mit dem Konto unten weiter oder melden Sie sich als jemand anderes an.',
  sessionEnded: 'Sie wurden inzwischen abgemeldet',
  signInAndRepeat:
    'Es hat sich nichts geändert. Melden Sie sich an und versuchen Sie es noch einmal.',
  signInAsAnother: 'Als jemand anderes anmelden',
};
