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
  title: (app) => `Iniciar sesión en ${app}`,
  newHere: '¿Es tu primera vez? Los mismos botones crean tu cuenta.',
  gets: (app) =>
    `${app ?? 'Esta aplicación'} recibe tu nombre, tu foto y tu correo electrónico del proveedor que elijas, nunca tu contraseña.`,
  signedIn: (app) => `Has iniciado sesión en ${app}`,
  orAsAnother: 'O inicia sesión como otra persona:',
  noProvider: (id, secret) =>
    markup`Todavía nadie puede iniciar sesión, porque no hay ningún proveedor configurado. Define las claves de al menos uno, como ${id} y ${secret}, y reinicia el servicio.`,
  continueWith: (provider) => `Continuar con ${provider}`,
  lastUsed: 'Último usado',
  retry: (provider) => `Probar otra vez con ${provider}`,
  notSignedIn: 'Sin sesión iniciada',
  sandbox: (isOn) =>
    markup`${isOn('El entorno de pruebas está activado.')} Los proveedores sin credenciales se simulan: en ellos puedes iniciar sesión como cualquier persona.`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `No se ha podido iniciar sesión con ${provider}`,
  denied: (provider) => `No se permitió el acceso en ${provider}`,
  deniedMeans: (provider) =>
    `No lo permitiste, o ${provider} no admite tu cuenta. Nada ha cambiado. Inténtalo de nuevo o elige otra forma.`,
  noAnswer: (provider) => `${provider} no respondió`,
  errorAnswer: (provider) => `${provider} respondió con un error`,
  notYourFault: 'No es culpa tuya. Inténtalo de nuevo en un momento o inicia sesión de otra forma.',
  notConnected: (provider) => `${provider} no se ha vinculado`,
  nothingConnected: 'No se ha vinculado nada',
  chooseButton: (provider) => `Elige «Continuar con ${provider}».`,
  otherAccount: (provider) =>
    `Ya hay una cuenta con esta dirección de correo electrónico, y tiene vinculada otra cuenta de ${provider}. Inicia sesión con esa otra cuenta de ${provider}: elige «Continuar con ${provider}» y cambia allí a esa cuenta.`,
  somebodyElse: 'Aquí ha iniciado sesión otra persona',
  forAnother:
    'Lo que empezaste no era para la cuenta que tiene ahora la sesión iniciada. Nada ha cambiado. Continúa con esta cuenta o inicia sesión como otra persona.',
  anotherChosen: 'Esa era otra cuenta',
  notConnectedHere: (provider) =>
    `La cuenta ${provider === null ? '' : `de ${provider} `}que has elegido no está vinculada a la cuenta que tiene aquí la sesión iniciada. Nada ha cambiado. Confirma con una que esté vinculada.`,
  signInFirst: 'Inicia sesión primero y vincula después el proveedor desde la página de tu cuenta.',
};

export const exists: typeof englishExists = {
  withProvider: (provider) => `Mejor inicia sesión con ${provider}`,
  withOther: (provider) => `Inicia sesión con tu otra cuenta de ${provider}`,
  asBefore: 'Inicia sesión como lo hacías antes',
  means: (refused, app) =>
    `Ya existe una cuenta${app === null ? '' : ` en ${app}`} con la dirección de correo ${refused === null ? 'de la cuenta que elegiste' : `de esta cuenta de ${refused}`}.`,
  signInWith: (provider) => `Inicia sesión en ella con ${provider}.`,
  signInAsBefore: 'Inicia sesión en ella como lo hacías antes.',
  otherMeans: (provider, app) =>
    `Ya existe una cuenta${app === null ? '' : ` en ${app}`} con esta dirección de correo, y tiene vinculada otra cuenta de ${provider}. Continúa y cambia a esa cuenta en ${provider}.`,
  thenConnect: (refused) =>
    `Después podrás vincular ${refused ?? 'la otra'} e iniciar sesión con cualquiera de las dos.`,
  otherWays: 'Otras formas de iniciar sesión',
  whyNotJoined:
    'Nunca unimos cuentas solo por una dirección de correo. Una dirección puede cambiar de manos.',
};

export const outcome: typeof englishOutcome = {
  signedOut: 'Has cerrado sesión',
  signedOutMeans: (app) => `Este navegador ha cerrado sesión en ${app}.`,
  sharedComputer: (provider) =>
    `En un ordenador compartido, cierra también la sesión de ${provider}. Nosotros no podemos hacerlo por ti.`,
  everywhere: 'Has cerrado sesión en todas partes',
  everywhereMeans:
    'Se ha cerrado la sesión de tu cuenta en todos los navegadores y aplicaciones, también en este navegador.',
  deleted: 'Tu cuenta se ha eliminado',
  deletedMeans:
    'Tu perfil, tus vínculos, tus inicios de sesión y tu actividad ya no están, y se ha cerrado tu sesión en todas partes. Si inicias sesión más adelante, se creará una cuenta nueva.',
  again: 'Iniciar sesión de nuevo',
  signIn: 'Iniciar sesión',
};

export const separate: typeof englishSeparate = {
  titleSignedOut: '¿Esa cuenta no es tuya?',
  titleSignedIn: (name) => markup`¿No eres ${name}?`,
  explanation: (provider, email) =>
    markup`Crea una cuenta nueva con ${provider}. Tendrá la dirección ${email}. En la cuenta que tiene ahora esa dirección pasará a estar en disputa: dejará de estar verificada. Ambas cuentas lo mostrarán.`,
  start: 'Crear una cuenta nueva',
};

export const lost: typeof englishLost = {
  title: 'Ya no puedo usar esa cuenta',
  askForHelp: (link) =>
    markup`Si se eliminó o ya no es tuya, ${link('pide ayuda')} para entrar con la que tienes ahora.`,
  askOperator:
    'Si se eliminó o ya no es tuya, pide a quienes gestionan este servicio que te dejen entrar con la que tienes ahora.',
  quoteId: 'Indica este número de solicitud:',
};

export const stepUp: typeof englishStepUp = {
  title: 'Confirma que eres tú',
  titleTooEarly: 'Todavía es pronto para esto',
  titleWith: (provider) => `Confírmalo con ${provider}`,
  afterwards: {
    question: 'podrás seguir directamente.',
    account: 'volverás a tu cuenta. Después, inténtalo de nuevo.',
    elsewhere: 'volverás a donde estabas. Después, inténtalo de nuevo.',
  },
  why: {
    deleteAccount: (app) =>
      `Para eliminar tu cuenta${app === null ? '' : ` de ${app}`} tienes que iniciar sesión una vez más.`,
    disconnect: (provider) => `Para desvincular ${provider} tienes que iniciar sesión una vez más.`,
    connect: (provider) => `Para vincular ${provider} tienes que iniciar sesión una vez más.`,
    export: 'Para descargar tus datos tienes que iniciar sesión una vez más.',
    other: 'Por tu seguridad, para esto tienes que iniciar sesión una vez más.',
  },
  signInAgain: (afterwards) => `Inicia sesión de nuevo y ${afterwards}`,
  tooEarly: (time) =>
    markup`Lo que te quedaría para iniciar sesión se vinculó hace poco. No puede sustituir a una forma más antigua antes del ${time}, porque de lo contrario cualquiera que usara tu navegador podría apoderarse de tu cuenta. Nada ha cambiado. Inténtalo entonces.`,
  tooNew: (time) =>
    markup`La cuenta con la que has iniciado sesión se vinculó hace poco. No puede confirmar esto antes del ${time}. Nada ha cambiado.`,
  signInWithOlder: (provider, afterwards) =>
    `Inicia sesión con ${provider}, que se vinculó antes, y ${afterwards}`,
  signOutFirst: (provider) => `Si ${provider} no te pregunta quién eres, cierra antes sesión allí.`,
  signOutFirstAt: (provider, link) =>
    markup`Si ${provider} no te pregunta quién eres, cierra antes sesión allí: ${link}.`,
  signOutLink: (provider) => `Cerrar sesión en ${provider} (se abre en una pestaña nueva)`,
  again: 'Iniciar sesión de nuevo',
};
