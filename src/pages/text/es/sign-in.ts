import type {
  lost as englishLost,
  notice as englishNotice,
  separate as englishSeparate,
  signIn as englishSignIn,
  stepUp as englishStepUp,
} from '../en/sign-in.js';
import { markup } from '../markup.js';

export const signIn: typeof englishSignIn = {
  title: 'Iniciar sesión',
  signedInAs: (name) => markup`Has iniciado sesión como ${name}`,
  orConfirm: 'O confirma que eres tú:',
  orAsAnother: 'O inicia sesión como otra persona:',
  choose: 'Elige la cuenta con la que quieres continuar.',
  noProvider: (id, secret) =>
    markup`Todavía nadie puede iniciar sesión, porque no hay ningún proveedor configurado. Define las claves de al menos uno, como ${id} y ${secret}, y reinicia el servicio.`,
  continueWith: (provider) => `Continuar con ${provider}`,
  sandbox: (isOn) =>
    markup`${isOn('El entorno de pruebas está activado.')} Los proveedores sin credenciales se simulan: en ellos puedes iniciar sesión como cualquier persona.`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `No se ha podido iniciar sesión con ${provider}`,
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
    question: 'podrás seguir donde estabas.',
    account: 'volverás a tu cuenta. Después, inténtalo de nuevo.',
    elsewhere: 'volverás a donde estabas. Después, inténtalo de nuevo.',
  },
  signInAgain: (afterwards) =>
    `Por tu seguridad, para esto tienes que iniciar sesión una vez más. Inicia sesión de nuevo y ${afterwards}`,
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
  againWith: (provider) => `Iniciar sesión de nuevo con ${provider}`,
};
