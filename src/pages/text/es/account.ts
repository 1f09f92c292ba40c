import type {
  account as englishAccount,
  activity as englishActivity,
  activityPages as englishPages,
  flash as englishFlash,
  newIdentity as englishNewIdentity,
} from '../en/account.js';
import { markup } from '../markup.js';

export const account: typeof englishAccount = {
  verified: 'verificada',
  contested: 'en disputa',
  notVerified: 'sin verificar',
  noEmail: 'Sin dirección de correo electrónico',
  contestedMeans: (email) =>
    markup`El buzón ${email} pertenece a alguien que tiene aquí su propia cuenta, así que la dirección ya no está verificada como tuya. Inicias sesión como antes. Para tener otra dirección aquí, cámbiala en tu proveedor e inicia sesión de nuevo.`,
  providers: 'Proveedores vinculados',
  lastUsed: (time) => markup`Último uso: ${time}`,
  disconnect: 'Desvincular',
  disconnectOne: (provider) => `Desvincular ${provider}`,
  notConnected: 'Sin vincular',
  connect: 'Vincular',
  connectOne: (provider) => `Vincular ${provider}`,
  sessions: 'Dónde has iniciado sesión',
  thisBrowser: 'este navegador',
  lastSeen: (time) => markup`Última actividad: ${time}`,
  signedInWith: (provider, time) => markup`Sesión iniciada con ${provider}: ${time}`,
  signOut: 'Cerrar sesión',
  signOutHere: 'Cerrar sesión en este navegador',
  signOutOf: (browser, address, provider, time) =>
    `Cerrar sesión en ${browser}, ${address === null ? '' : `${address}, `}sesión iniciada con ${provider}: ${time}`,
  signOutOthers: 'Cerrar sesión en todos los demás navegadores',
  signOutEverywhere: 'Cerrar sesión en todas partes',
  activity: 'Actividad reciente',
  data: 'Tus datos',
  userId: (id) => markup`Tu identificador de usuario es ${id}`,
  download: 'Descargar tus datos (JSON)',
  delete: 'Eliminar la cuenta',
};

export const activityPages: typeof englishPages = {
  newest: 'Actividad de tu cuenta',
  older: 'Actividad anterior de tu cuenta',
  toNewest: 'Actividad más reciente',
  toOlder: 'Actividad anterior',
  nothingOlder: 'No hay nada anterior.',
};

export const activity: typeof englishActivity = {
  events: {
    sign_in: (provider) => `Inicio de sesión con ${provider}`,
    sign_in_refused: (provider) =>
      `Alguien con tu dirección intentó iniciar sesión con ${provider}, que no está vinculado`,
    disabled_sign_in_refused: (provider) =>
      `Se rechazó un inicio de sesión con ${provider} mientras la cuenta estaba inhabilitada`,
    reauthenticated: (provider) => `Nuevo inicio de sesión con ${provider}`,
    reauthentication_failed: (provider) => `No se pudo iniciar sesión de nuevo con ${provider}`,
    sign_out: () => 'Cierre de sesión',
    identity_linked: (provider) => `Se vinculó ${provider}`,
    link_refused: (provider) => `No se pudo vincular ${provider}`,
    identity_unlinked: (provider) => `Se desvinculó ${provider}`,
    identity_settled: (provider) => `Se confirmó que la vinculación de ${provider} es tuya`,
    identity_moved: (provider) => `Otra cuenta de ${provider} ha ocupado el lugar de la tuya`,
    address_claimed: (provider) =>
      `Comienzo con la dirección que envía ${provider}, que ahora está en disputa en otra cuenta`,
    address_contested: (provider) =>
      `La dirección que envía ${provider} pertenece a otra persona, que ahora tiene su propia cuenta`,
    address_released: (provider) =>
      `La dirección que envía ${provider} ya no está verificada como tuya`,
    session_revoked: () => 'Cierre de sesión en un navegador',
    other_sessions_revoked: () => 'Cierre de sesión en todos los demás navegadores',
    all_sessions_revoked: () => 'Cierre de sesión en todos los navegadores',
    oldest_sessions_ended: (provider) =>
      `Cierre de sesión en los navegadores que llevaban más tiempo sin usarse: había demasiados con ${provider}`,
    data_exported: () => 'Descarga de los datos de la cuenta',
    user_disabled: () => 'Se inhabilitó la cuenta',
    user_enabled: () => 'Se volvió a habilitar la cuenta',
  },
  someProvider: 'un proveedor',
  bySomebodyElse: 'por otra persona',
  byOperator: 'por quien gestiona este servicio',
};

export const flash: typeof englishFlash = {
  connected: (provider) => `${provider} está vinculado.`,
  disconnected: (provider) => `${provider} está desvinculado.`,
  acknowledged: (provider) => `${provider} sigue vinculado.`,
  'nothing-pending': 'Ya no había nada que vincular. Abajo puedes ver lo que está vinculado.',
  'session-ended': 'Se ha cerrado la sesión en ese navegador.',
  'others-ended': 'Se ha cerrado la sesión en todos los demás navegadores.',
  'ended-everywhere': 'Has cerrado sesión en todas partes.',
  deleted:
    'Tu cuenta se ha eliminado, con todo lo que le pertenecía. Si inicias sesión de nuevo, se creará una nueva.',
};

export const newIdentity: typeof englishNewIdentity = {
  title: (provider) => `Se ha vinculado ${provider} a tu cuenta`,
  warning: (provider) =>
    `Quien tenga esa cuenta de ${provider} puede iniciar sesión en la tuya. Si no la has vinculado tú, desvincúlala.`,
  itWasMe: 'Fui yo',
  disconnect: 'Desvincularla',
};
