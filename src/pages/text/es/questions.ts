import type { confirm as englishConfirm, handover as englishHandover } from '../en/questions.js';
import { markup } from '../markup.js';

export const confirm: typeof englishConfirm = {
  cancel: 'Cancelar',
  connect: {
    title: (provider, app) =>
      `¿Vincular ${provider} a tu cuenta${app === null ? '' : ` de ${app}`}?`,
    before: (provider) =>
      `Antes de que iniciaras sesión, este navegador intentó hacerlo con la cuenta de ${provider} que ves abajo.`,
    onlyIfYours: (provider) =>
      `Quien tenga esta cuenta de ${provider} podrá iniciar sesión como tú. Vincúlala solo si es tuya; si no lo es, elige «Ahora no».`,
    unverified: 'Correo sin verificar',
    notVerified: (provider) =>
      `${provider} no ha verificado la dirección de correo electrónico: puede haberla introducido otra persona.`,
    yes: (provider) => `Vincular ${provider}`,
    no: 'Ahora no',
  },
  goOnConnecting: (provider) =>
    `Has confirmado que eres tú. Continúa en ${provider} y elige allí la cuenta.`,
  export: {
    title: '¿Descargar una copia de tus datos?',
    means: 'Perfil, vínculos, inicios de sesión y actividad, en un archivo JSON.',
    yes: 'Descargar',
  },
  disconnect: {
    title: (provider) => `¿Desvincular ${provider}?`,
    means: (provider) =>
      `Ya no podrás iniciar sesión con ${provider}. Se cerrará la sesión en los navegadores que la iniciaron con él, excepto en este.`,
    account: 'Cuenta',
    connected: 'Vinculada',
    from: 'Desde',
    lastUsed: 'Último uso',
    yes: (provider) => `Desvincular ${provider}`,
  },
  revoke: {
    title: (place) => `¿Cerrar sesión en ${place}?`,
    browser:
      'Se cerrará la sesión de tu cuenta en ese navegador. Puedes volver a iniciarla allí cuando quieras.',
    application:
      'Se cerrará la sesión de tu cuenta en esa aplicación. Puedes volver a iniciarla allí cuando quieras.',
    address: 'Dirección',
    unknown: 'Desconocida',
    signedIn: 'Inicio de sesión',
    provider: 'Proveedor',
    lastSeen: 'Última actividad',
    yes: 'Cerrar sesión',
  },
  revokeOthers: {
    title: '¿Cerrar sesión en todos los demás navegadores?',
    means: 'Se cerrará la sesión de tu cuenta en todos los navegadores, excepto en este.',
    yes: 'Cerrar sesión en todos los demás navegadores',
  },
  signOutEverywhere: {
    title: '¿Cerrar sesión en todas partes?',
    means: 'Se cerrará la sesión de tu cuenta en todos los navegadores, también en este.',
    yes: 'Cerrar sesión en todas partes',
  },
  deleteAccount: {
    title: (app) => `¿Eliminar tu cuenta${app === null ? '' : ` de ${app}`}?`,
    means: 'Ocurre de inmediato y no se puede deshacer. Con ella desaparecen:',
    profile: 'tu nombre, tu foto y tu dirección de correo electrónico',
    connections: (list) => `el vínculo con ${list}`,
    record: 'todos tus inicios de sesión y el registro de actividad',
    startsNew: 'Si vuelves a iniciar sesión más adelante, empezarás con una cuenta nueva.',
    downloadFirst: 'Descargar antes tus datos',
    yes: 'Eliminar la cuenta',
  },
};

export const handover: typeof englishHandover = {
  site: (place) => `El sitio ${place}`,
  app: (name) => `Una aplicación que dice llamarse ${name}`,
  program: (place) => `Un programa de este equipo (${place})`,
  title: (place) => `¿Iniciar sesión en ${place}?`,
  signIn: (who) =>
    markup`${who} está a punto de acceder a tu cuenta. Podrá entonces verla y actuar en ella.`,
  connectTitle: (provider) => `¿Vincular ${provider}?`,
  connect: (who, provider, name) =>
    markup`${who} pide vincular la cuenta de ${provider} que ves abajo a la cuenta de ${name}. Quien tenga una podrá entonces iniciar sesión en la otra.`,
  existsTitle: 'Ya existe una cuenta con este correo electrónico',
  exists: (who, provider) =>
    markup`Con la cuenta de ${provider} que ves abajo todavía no se puede iniciar sesión en ella. Continúa e inicia sesión como antes: ${who} podrá entonces vincular las dos.`,
  confirmTitle: '¿Confirmar que eres tú?',
  confirm: (who, provider, name) =>
    markup`${who} te pide que confirmes, con la cuenta de ${provider} que ves abajo, que la cuenta de ${name} es tuya. Podrá hacer entonces allí cosas que no se pueden deshacer.`,
  signedInWith: 'Sesión iniciada con',
  onlyIfYou:
    'Continúa solo si lo has empezado allí tú mismo. Si alguien te ha enviado aquí, elige «Cancelar».',
  continue: 'Continuar',
  over: 'No hay nada que confirmar',
  startAgain:
    'Ya se ha respondido, ha tardado demasiado o desde entonces has empezado otro inicio de sesión en este navegador. Vuelve a donde empezaste y empieza de nuevo.',
};
