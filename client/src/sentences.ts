// Written from src/pages/text by build/client-messages.mjs (npm run client:messages).
/** What each code says to a person, by language. */
export const sentences = {
  en: {
    invalid_state:
      'This sign-in was not started in this browser, or it is already finished. Start again.',
    state_expired: 'This sign-in took too long. Start again.',
    provider_mismatch:
      'The answer came from a different provider from the one that was asked. Start again.',
    session_changed:
      'This was started with another account than the one that is signed in now, or that you chose. Nothing has changed. Sign in with the right account, and try again.',
    access_denied:
      'You did not allow access at the provider, or it does not let your account in. Try again, or use another provider.',
    login_required:
      'The provider could not sign you in without asking you something. Sign in again.',
    invalid_id_token: 'The provider’s proof of who you are could not be verified. Try again.',
    provider_error:
      'The provider answered with an error. Try again in a moment, or use another provider.',
    provider_timeout:
      'The provider did not answer in time. Try again in a moment, or use another provider.',
    account_exists:
      'There is already an account with this email address. Sign in the way you did before; then you can connect this one.',
    account_disabled: 'This account is disabled. Ask those who run this service.',
    invalid_grant:
      'The code cannot be exchanged: it is wrong, used or too old, or not for this target or verifier. Start again.',
    identity_in_use:
      'That account already signs in to another account here. To use that one, sign out, and sign in with it.',
    last_identity: 'This is the only way left to sign in. Connect another provider first.',
    reauth_required: 'Sign in again to confirm that it is you, then repeat this.',
    identity_too_new:
      'The provider account that you confirmed this with was connected only lately. Confirm it with an older one, or wait.',
    csrf_failed:
      'This was not sent by a page of this service, so nothing has changed. Go back, reload the page, and try again.',
    service_key_in_browser:
      'A service key came from a browser. It is a secret of your servers: take it out of the page, and replace it.',
    rate_limited: 'Too many requests. Wait a while, and try again.',
    store_unavailable: 'The service cannot reach its database. Try again in a moment.',
    not_ready: 'The service is starting or stopping. Try again in a moment.',
    internal_error:
      'Something went wrong on our side. Try again, and quote the request id if it happens again.',
    unauthenticated: 'Sign in first.',
    not_found: 'There is nothing here. Check the address.',
    bad_request: 'The request could not be read. Go back, reload the page, and try again.',
    misdirected_request:
      'This service has its sandbox on, and answers only on the machine that it runs on. Open it there, at its own address.',
    payload_too_large: 'The request body is too large. Send at most 32 KB.',
    unsupported_media_type:
      'The request body has a content type that this endpoint does not accept. Send JSON or a form.',
  },
  de: {
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
  fr: {
    invalid_state:
      'Cette connexion n’a pas été commencée dans ce navigateur, ou elle est déjà terminée. Recommencez.',
    state_expired: 'Cette connexion a pris trop de temps. Recommencez.',
    provider_mismatch:
      'La réponse est venue d’un autre fournisseur que celui qui a été interrogé. Recommencez.',
    session_changed:
      'Cette opération a été commencée avec un autre compte que celui qui est connecté maintenant, ou que celui que vous avez choisi. Rien n’a changé. Connectez-vous avec le bon compte et réessayez.',
    access_denied:
      'Vous n’avez pas autorisé l’accès chez le fournisseur, ou celui-ci n’accepte pas votre compte. Réessayez, ou choisissez un autre fournisseur.',
    login_required:
      'Le fournisseur n’a pas pu vous connecter sans rien vous demander. Connectez-vous à nouveau.',
    invalid_id_token:
      'La preuve de votre identité donnée par le fournisseur n’a pas pu être vérifiée. Réessayez.',
    provider_error:
      'Le fournisseur a répondu par une erreur. Réessayez dans un instant, ou choisissez un autre fournisseur.',
    provider_timeout:
      'Le fournisseur n’a pas répondu à temps. Réessayez dans un instant, ou choisissez un autre fournisseur.',
    account_exists:
      'Il existe déjà un compte avec cette adresse e-mail. Connectez-vous comme vous l’avez fait auparavant ; vous pourrez ensuite associer celui-ci.',
    account_disabled: 'Ce compte est désactivé. Adressez-vous aux responsables de ce service.',
    invalid_grant:
      'Le code ne peut pas être échangé : il est faux, déjà utilisé ou trop ancien, ou il n’appartient pas à cette destination ou à ce vérificateur. Recommencez.',
    identity_in_use:
      'Ce compte sert déjà à se connecter à un autre compte ici. Pour utiliser cet autre compte, déconnectez-vous, puis connectez-vous avec lui.',
    last_identity:
      'C’est le dernier moyen de vous connecter. Associez d’abord un autre fournisseur.',
    reauth_required:
      'Connectez-vous à nouveau pour confirmer qu’il s’agit bien de vous, puis répétez cette opération.',
    identity_too_new:
      'Le compte avec lequel vous avez confirmé n’est associé que depuis peu. Confirmez avec un plus ancien, ou attendez.',
    csrf_failed:
      'Ceci n’a pas été envoyé depuis une page de ce service ; rien n’a donc changé. Revenez en arrière, rechargez la page et réessayez.',
    service_key_in_browser:
      'Une clé de service est venue d’un navigateur. C’est un secret de vos serveurs : retirez-la de la page et remplacez-la.',
    rate_limited: 'Trop de demandes. Patientez un moment, puis réessayez.',
    store_unavailable:
      'Le service n’arrive pas à joindre sa base de données. Réessayez dans un instant.',
    not_ready: 'Le service est en train de démarrer ou de s’arrêter. Réessayez dans un instant.',
    internal_error:
      'Un problème est survenu de notre côté. Réessayez, et indiquez le numéro de la demande si cela se reproduit.',
    unauthenticated: 'Connectez-vous d’abord.',
    not_found: 'Il n’y a rien ici. Vérifiez l’adresse.',
    bad_request:
      'La demande n’a pas pu être lue. Revenez en arrière, rechargez la page et réessayez.',
    misdirected_request:
      'L’environnement d’essai de ce service est activé ; il ne répond que sur la machine où il fonctionne. Ouvrez-le là, à sa propre adresse.',
    payload_too_large: 'Le corps de la demande est trop volumineux. Envoyez au plus 32 Ko.',
    unsupported_media_type:
      'Ce point d’accès n’accepte pas ce type de contenu. Envoyez du JSON ou un formulaire.',
  },
  es: {
    invalid_state:
      'Este inicio de sesión no empezó en este navegador o ya ha terminado. Empieza de nuevo.',
    state_expired: 'Este inicio de sesión ha tardado demasiado. Empieza de nuevo.',
    provider_mismatch:
      'La respuesta llegó de un proveedor distinto del que se consultó. Empieza de nuevo.',
    session_changed:
      'Esto se empezó con una cuenta distinta de la que tiene ahora la sesión iniciada o de la que has elegido. No ha cambiado nada. Inicia sesión con la cuenta correcta e inténtalo de nuevo.',
    access_denied:
      'No has permitido el acceso en el proveedor, o este no admite tu cuenta. Inténtalo de nuevo o usa otro proveedor.',
    login_required:
      'El proveedor no ha podido iniciar tu sesión sin preguntarte nada. Inicia sesión de nuevo.',
    invalid_id_token:
      'No se ha podido comprobar la prueba del proveedor de quién eres. Inténtalo de nuevo.',
    provider_error:
      'El proveedor ha respondido con un error. Inténtalo de nuevo en un momento o usa otro proveedor.',
    provider_timeout:
      'El proveedor no ha respondido a tiempo. Inténtalo de nuevo en un momento o usa otro proveedor.',
    account_exists:
      'Ya hay una cuenta con esta dirección de correo electrónico. Inicia sesión como lo hacías antes; después podrás vincular esta.',
    account_disabled: 'Esta cuenta está inhabilitada. Pregunta a quienes gestionan este servicio.',
    invalid_grant:
      'El código no se puede canjear: es incorrecto, ya se ha usado o es demasiado antiguo, o no corresponde a este destino o verificador. Empieza de nuevo.',
    identity_in_use:
      'Esa cuenta ya sirve para iniciar sesión aquí en otra cuenta. Para usar esa otra, cierra la sesión e inicia sesión con ella.',
    last_identity: 'Es la única forma que queda de iniciar sesión. Vincula antes otro proveedor.',
    reauth_required: 'Inicia sesión de nuevo para confirmar que eres tú y repite esta acción.',
    identity_too_new:
      'La cuenta con la que lo has confirmado se vinculó hace poco. Confírmalo con una más antigua o espera.',
    csrf_failed:
      'Esto no se envió desde una página de este servicio, así que no ha cambiado nada. Vuelve atrás, recarga la página e inténtalo de nuevo.',
    service_key_in_browser:
      'Una clave de servicio llegó de un navegador. Es un secreto de tus servidores: quítala de la página y sustitúyela.',
    rate_limited: 'Demasiadas solicitudes. Espera un rato e inténtalo de nuevo.',
    store_unavailable:
      'El servicio no puede acceder a su base de datos. Inténtalo de nuevo en un momento.',
    not_ready: 'El servicio se está iniciando o deteniendo. Inténtalo de nuevo en un momento.',
    internal_error:
      'Algo ha fallado por nuestra parte. Inténtalo de nuevo e indica el número de la solicitud si vuelve a ocurrir.',
    unauthenticated: 'Inicia sesión primero.',
    not_found: 'Aquí no hay nada. Comprueba la dirección.',
    bad_request:
      'No se ha podido leer la solicitud. Vuelve atrás, recarga la página e inténtalo de nuevo.',
    misdirected_request:
      'Este servicio tiene activado el entorno de pruebas y solo responde en el equipo en el que se ejecuta. Ábrelo allí, en su propia dirección.',
    payload_too_large: 'El cuerpo de la solicitud es demasiado grande. Envía 32 KB como máximo.',
    unsupported_media_type: 'Aquí no se acepta este tipo de contenido. Envía JSON o un formulario.',
  },
  pt: {
    invalid_state:
      'Este login não foi iniciado neste navegador ou já foi concluído. Comece de novo.',
    state_expired: 'Este login demorou demais. Comece de novo.',
    provider_mismatch:
      'A resposta veio de um provedor diferente do que foi consultado. Comece de novo.',
    session_changed:
      'Isto foi iniciado com uma conta diferente da que está conectada agora ou da que você escolheu. Nada mudou. Faça login com a conta certa e tente de novo.',
    access_denied:
      'Você não permitiu o acesso no provedor, ou ele não aceita sua conta. Tente de novo ou use outro provedor.',
    login_required:
      'O provedor não conseguiu fazer seu login sem perguntar nada a você. Faça login de novo.',
    invalid_id_token:
      'Não foi possível verificar a prova do provedor sobre quem você é. Tente de novo.',
    provider_error:
      'O provedor respondeu com um erro. Tente de novo daqui a pouco ou use outro provedor.',
    provider_timeout:
      'O provedor não respondeu a tempo. Tente de novo daqui a pouco ou use outro provedor.',
    account_exists:
      'Já existe uma conta com este endereço de e-mail. Faça login como antes; depois você poderá conectar esta.',
    account_disabled: 'Esta conta está desativada. Pergunte a quem é responsável por este serviço.',
    invalid_grant:
      'Não é possível trocar o código: ele está errado, já foi usado ou é antigo demais, ou não pertence a este destino ou verificador. Comece de novo.',
    identity_in_use:
      'Essa conta já é usada aqui para entrar em outra conta. Para usar essa outra, saia e faça login com ela.',
    last_identity: 'Esta é a única forma de login que resta. Conecte outro provedor antes.',
    reauth_required: 'Faça login de novo para confirmar que é você e repita esta ação.',
    identity_too_new:
      'A conta com que você confirmou isto foi conectada há pouco tempo. Confirme com uma mais antiga ou espere.',
    csrf_failed:
      'Isto não foi enviado por uma página deste serviço, por isso nada mudou. Volte, recarregue a página e tente de novo.',
    service_key_in_browser:
      'Uma chave de serviço veio de um navegador. Ela é um segredo dos seus servidores: remova-a da página e substitua-a.',
    rate_limited: 'Solicitações demais. Espere um pouco e tente de novo.',
    store_unavailable:
      'O serviço não consegue acessar o banco de dados. Tente de novo daqui a pouco.',
    not_ready: 'O serviço está iniciando ou parando. Tente de novo daqui a pouco.',
    internal_error:
      'Algo deu errado do nosso lado. Tente de novo e informe o número da solicitação se acontecer outra vez.',
    unauthenticated: 'Faça login primeiro.',
    not_found: 'Não há nada aqui. Confira o endereço.',
    bad_request: 'Não foi possível ler a solicitação. Volte, recarregue a página e tente de novo.',
    misdirected_request:
      'O ambiente de testes deste serviço está ativado, e ele só responde na máquina em que é executado. Abra-o lá, no próprio endereço.',
    payload_too_large: 'O corpo da solicitação é grande demais. Envie no máximo 32 KB.',
    unsupported_media_type: 'Este tipo de conteúdo não é aceito aqui. Envie JSON ou um formulário.',
  },
  ja: {
    invalid_state:
      'このログインは、このブラウザで開始されたものではないか、すでに完了しています。最初からやり直してください。',
    state_expired: 'ログインに時間がかかりすぎました。最初からやり直してください。',
    provider_mismatch:
      '問い合わせ先とは別のプロバイダから応答がありました。最初からやり直してください。',
    session_changed:
      'この操作は、現在ログイン中のアカウントや選択したアカウントとは別のアカウントで開始されました。何も変更していません。正しいアカウントでログインして、もう一度お試しください。',
    access_denied:
      'プロバイダでアクセスが許可されなかったか、プロバイダがお使いのアカウントを受け付けていません。もう一度試すか、別のプロバイダをご利用ください。',
    login_required:
      'プロバイダは、確認なしではログインを完了できませんでした。もう一度ログインしてください。',
    invalid_id_token: 'プロバイダによる本人の証明を検証できませんでした。もう一度お試しください。',
    provider_error:
      'プロバイダからエラーが返されました。しばらくしてからもう一度試すか、別のプロバイダをご利用ください。',
    provider_timeout:
      'プロバイダから時間内に応答がありませんでした。しばらくしてからもう一度試すか、別のプロバイダをご利用ください。',
    account_exists:
      'このメールアドレスのアカウントがすでにあります。以前と同じ方法でログインしてください。その後、このアカウントを連携できます。',
    account_disabled:
      'このアカウントは無効になっています。このサービスを運営している方にお問い合わせください。',
    invalid_grant:
      'コードを引き換えられません。正しくないか、使用済みか、古すぎるか、この宛先または検証値のものではありません。最初からやり直してください。',
    identity_in_use:
      'そのアカウントは、ここではすでに別のアカウントへのログインに使われています。そちらを利用するには、ログアウトしてから、そのアカウントでログインしてください。',
    last_identity: 'ログイン方法はこれしか残っていません。先に別のプロバイダを連携してください。',
    reauth_required:
      'ご本人であることを確認するため、もう一度ログインしてから、この操作をやり直してください。',
    identity_too_new:
      '確認に使ったアカウントは、連携されてからまだ間もないものです。以前から連携しているアカウントで確認するか、しばらくお待ちください。',
    csrf_failed:
      'このサービスのページから送られたものではないため、何も変更していません。前に戻り、ページを再読み込みしてから、もう一度お試しください。',
    service_key_in_browser:
      'サービスキーがブラウザから送られました。これはサーバーの秘密情報です。ページから取り除き、新しいものに替えてください。',
    rate_limited: 'リクエストが多すぎます。しばらく待ってから、もう一度お試しください。',
    store_unavailable:
      'サービスがデータベースに接続できません。しばらくしてからもう一度お試しください。',
    not_ready: 'サービスは起動中または停止中です。しばらくしてからもう一度お試しください。',
    internal_error:
      'サービス側で問題が発生しました。もう一度お試しください。繰り返す場合は、リクエスト番号をお知らせください。',
    unauthenticated: '先にログインしてください。',
    not_found: 'ここには何もありません。アドレスをご確認ください。',
    bad_request:
      'リクエストを読み取れませんでした。前に戻り、ページを再読み込みしてから、もう一度お試しください。',
    misdirected_request:
      'このサービスではサンドボックスが有効になっているため、動作しているマシンからのみ利用できます。そのマシンで、サービス自身のアドレスを開いてください。',
    payload_too_large: 'リクエストの本文が大きすぎます。32 KB 以内で送信してください。',
    unsupported_media_type:
      'このコンテンツタイプは受け付けられません。JSON またはフォームで送信してください。',
  },
} as const;
