import type {
  account as englishAccount,
  activity as englishActivity,
  activityPages as englishPages,
  flash as englishFlash,
  newIdentity as englishNewIdentity,
} from '../en/account.js';
import { markup } from '../markup.js';

export const account: typeof englishAccount = {
  verified: 'Verificada',
  contested: 'En disputa',
  notVerified: 'Sin verificar',
  noEmail: 'Sin dirección de correo electrónico',
  contestedMeans: (email) =>
    markup`El buzón ${email} pertenece a alguien que tiene aquí su propia cuenta, así que la dirección ya no está verificada como tuya. Inicias sesión como antes. Para tener otra dirección aquí, cámbiala en tu proveedor e inicia sesión de nuevo.`,
  providers: 'Formas de iniciar sesión',
  providersMean: 'Cada una lleva a esta misma cuenta. Al menos una tiene que seguir vinculada.',
  lastUsed: (time) => markup`último uso: ${time}`,
  connectedSince: (time) => markup`vinculada: ${time}`,
  disconnect: 'Desvincular',
  disconnectOne: (provider) => `Desvincular ${provider}`,
  notConnected: 'Sin vincular',
  connect: 'Vincular',
  connectOne: (provider) => `Vincular ${provider}`,
  sessions: 'Dónde has iniciado sesión',
  sessionsMean: 'Cierra las sesiones que no reconozcas.',
  thisBrowser: 'Este navegador',
  activeNow: 'Activo ahora',
  active: (time) => markup`Activo ${time}`,
  signedInWith: (provider, time) => markup`sesión iniciada con ${provider} ${time}`,
  signOut: 'Cerrar sesión',
  signOutHere: 'Cerrar sesión en este navegador',
  signOutOf: (browser, address, provider, time) =>
    `Cerrar sesión en ${browser}, ${address === null ? '' : `${address}, `}sesión iniciada con ${provider}: ${time}`,
  signOutOthers: 'Cerrar sesión en todos los demás navegadores',
  signOutEverywhere: 'Cerrar sesión en todas partes',
  activity: 'Actividad reciente',
  activityMeans: 'Lo que ha pasado con esta cuenta, lo más reciente primero.',
  data: 'Tus datos',
  dataMeans: 'Lo que se guarda aquí sobre ti.',
  copy: 'Una copia de tus datos',
  copyMeans: 'Perfil, vínculos, inicios de sesión y actividad, en JSON',
  userId: (id) => markup`Indícalo cuando pidas ayuda: ${id}`,
  download: 'Descargar',
  userIdTitle: 'Identificador de usuario',
  delete: 'Eliminar la cuenta',
  deleteMeans: 'No hay vuelta atrás.',
  deleteYours: (app) => `Eliminar tu cuenta${app === null ? '' : ` de ${app}`}`,
  askedFirst: 'Te lo preguntaremos una vez más antes de que pase nada.',
  asOf: (time) => markup`A fecha de ${time}.`,
  showExactTimes: 'Mostrar las horas exactas',
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
    profile_changed: () => 'Nombre o idioma cambiados',
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
};

export const newIdentity: typeof englishNewIdentity = {
  title: (provider) => `Se ha vinculado ${provider} a tu cuenta`,
  warning: (provider) =>
    `Quien tenga esa cuenta de ${provider} puede iniciar sesión en la tuya. Si no la has vinculado tú, desvincúlala.`,
  itWasMe: 'Fui yo',
  disconnect: 'Desvincularla',
};
