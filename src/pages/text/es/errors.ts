import type { errorPages as englishPages, errors as english } from '../en/errors.js';

export const errors: typeof english = {
  codes: {
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
  details: {
    another_connected: 'Ya hay otra cuenta de este proveedor vinculada. Desvincúlala primero.',
    nothing_pending: 'Ya no queda nada que vincular. Empieza de nuevo.',
    used_up:
      'Esta dirección ya se ha abierto o es demasiado antigua. Empieza de nuevo en la aplicación.',
  },
  connecting: {
    access_denied:
      'No has permitido el acceso en el proveedor, o este no admite tu cuenta. Nada ha cambiado en tu cuenta.',
    login_required:
      'El proveedor no ha podido responder sin preguntarte nada. Empieza de nuevo desde tu cuenta.',
    invalid_state:
      'Esto no empezó en este navegador o ya ha terminado. Empieza de nuevo desde tu cuenta.',
    state_expired: 'Esto ha tardado demasiado. Empieza de nuevo desde tu cuenta.',
    provider_mismatch:
      'La respuesta llegó de un proveedor distinto del que se consultó. Empieza de nuevo desde tu cuenta.',
    invalid_id_token:
      'No se ha podido comprobar la prueba del proveedor de a quién pertenece la cuenta. Empieza de nuevo desde tu cuenta.',
    provider_error:
      'El proveedor ha respondido con un error. Espera un momento y empieza de nuevo desde tu cuenta.',
    provider_timeout:
      'El proveedor no ha respondido a tiempo. Espera un momento y empieza de nuevo desde tu cuenta.',
    identity_in_use:
      'Esa cuenta no se puede vincular. O bien ya la usa aquí otra persona, o bien ya tienes vinculada otra cuenta de este proveedor; en ese caso, desvincula antes esa otra.',
    session_changed:
      'La sesión ya no es la de la cuenta en la que empezaste esto. No ha cambiado nada.',
  },
};

export const errorPages: typeof englishPages = {
  titles: {
    401: 'Sesión no iniciada',
    403: 'No permitido',
    404: 'Aquí no hay ninguna página',
    409: 'Eso no es posible',
    421: 'No en esta dirección',
    429: 'Demasiadas solicitudes',
    503: 'No disponible por el momento',
  },
  signInAgain: 'Iniciar sesión de nuevo',
  usedUpByOthers:
    'Si no has sido tú quien ha hecho tantas solicitudes, puede que otra persona tenga la sesión iniciada en tu nombre. Inicia sesión de nuevo para confirmar que eres tú: podrás continuar enseguida.',
  otherTitle: 'Algo ha fallado',
  formNotFound: 'No encontrado',
  noPage: 'Puede que la dirección esté mal escrita o que la página se haya movido.',
  wait: (wait) => `Espera ${wait}`,
  waitMeans: 'Han llegado demasiadas solicitudes tuyas o de tu red. A tu cuenta no le pasa nada.',
  unavailable: 'El servicio no está disponible en este momento. Inténtalo de nuevo en un minuto.',
  tryAgain: 'Intentar de nuevo',
  nothingToDo: 'Aquí no hay nada que hacer',
  sessionGone: 'Ese navegador ya no tiene la sesión iniciada.',
  identityGone: (provider) => `${provider ?? 'Ese proveedor'} no está vinculado a tu cuenta.`,
  somebodyElse: 'Ahora ha iniciado sesión otra persona',
  madeForAnother:
    'La página desde la que enviaste esto era para otra cuenta, así que nada ha cambiado. Continúa con la cuenta de abajo o inicia sesión como otra persona.',
  sessionEnded: 'Tu sesión se ha cerrado mientras tanto',
  signInAndRepeat: 'Nada ha cambiado. Inicia sesión e inténtalo de nuevo.',
  signInAsAnother: 'Iniciar sesión como otra persona',
};
