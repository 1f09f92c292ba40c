import type {
  account as englishAccount,
  activity as englishActivity,
  activityPages as englishPages,
  flash as englishFlash,
  newIdentity as englishNewIdentity,
} from '../en/account.js';
import { markup } from '../markup.js';

export const account: typeof englishAccount = {
  verified: 'Verificado',
  contested: 'Contestado',
  notVerified: 'Não verificado',
  noEmail: 'Nenhum endereço de e-mail',
  contestedMeans: (email) =>
    markup`A caixa de e-mail ${email} pertence a alguém que tem uma conta própria aqui; por isso o endereço não está mais verificado como seu. Você faz login como antes. Para ter outro endereço aqui, altere-o no seu provedor e faça login de novo.`,
  providers: 'Formas de fazer login',
  providersMean: 'Cada uma leva a esta mesma conta. Pelo menos uma precisa continuar conectada.',
  lastUsed: (time) => markup`último uso: ${time}`,
  connectedSince: (time) => markup`conectado: ${time}`,
  disconnect: 'Desconectar',
  disconnectOne: (provider) => `Desconectar o ${provider}`,
  notConnected: 'Não conectado',
  connect: 'Conectar',
  connectOne: (provider) => `Conectar o ${provider}`,
  sessions: 'Onde você fez login',
  sessionsMean: 'Encerre as que você não reconhece.',
  thisBrowser: 'Este navegador',
  activeNow: 'Ativo agora',
  active: (time) => markup`Ativo ${time}`,
  signedInWith: (provider, time) => markup`login com o ${provider} ${time}`,
  signOut: 'Sair',
  signOutHere: 'Sair deste navegador',
  signOutOf: (browser, address, provider, time) =>
    `Sair de ${browser}, ${address === null ? '' : `${address}, `}login com o ${provider}: ${time}`,
  signOutOthers: 'Sair de todos os outros navegadores',
  signOutEverywhere: 'Sair de todos os lugares',
  activity: 'Atividade recente',
  activityMeans: 'O que aconteceu com esta conta, do mais recente ao mais antigo.',
  data: 'Seus dados',
  dataMeans: 'O que é guardado aqui sobre você.',
  copy: 'Uma cópia dos seus dados',
  copyMeans: 'Perfil, conexões, logins e atividade, em JSON',
  userId: (id) => markup`Informe-o quando pedir ajuda: ${id}`,
  download: 'Baixar',
  userIdTitle: 'ID de usuário',
  delete: 'Excluir conta',
  deleteMeans: 'Não há como voltar atrás.',
  deleteYours: (app) => `Excluir sua conta${app === null ? '' : ` em ${app}`}`,
  askedFirst: 'Perguntamos mais uma vez antes que algo aconteça.',
  asOf: (time) => markup`Situação em ${time}.`,
  showExactTimes: 'Mostrar os horários exatos',
};

export const activityPages: typeof englishPages = {
  newest: 'Atividade da sua conta',
  older: 'Atividade mais antiga da sua conta',
  toNewest: 'Atividade mais recente',
  toOlder: 'Atividade mais antiga',
  nothingOlder: 'Não há nada mais antigo.',
};

export const activity: typeof englishActivity = {
  events: {
    sign_in: (provider) => `Login com ${provider}`,
    sign_in_refused: (provider) =>
      `Alguém com seu endereço tentou fazer login com ${provider}, que não está conectado`,
    disabled_sign_in_refused: (provider) =>
      `O login com ${provider} foi recusado enquanto a conta estava desativada`,
    reauthenticated: (provider) => `Novo login com ${provider}`,
    reauthentication_failed: (provider) => `O novo login com ${provider} não funcionou`,
    sign_out: () => 'Saída da conta',
    identity_linked: (provider) => `Conexão com ${provider}`,
    link_refused: (provider) => `A conexão com ${provider} não funcionou`,
    identity_unlinked: (provider) => `Fim da conexão com ${provider}`,
    identity_settled: (provider) => `A conexão com ${provider} foi confirmada como sua`,
    identity_moved: (provider) => `Outra conta em ${provider} tomou o lugar da sua`,
    address_claimed: (provider) =>
      `Início com o endereço enviado por ${provider}, agora contestado em outra conta`,
    address_contested: (provider) =>
      `O endereço enviado por ${provider} pertence a outra pessoa, que agora tem uma conta própria`,
    address_released: (provider) =>
      `O endereço enviado por ${provider} não está mais verificado como seu`,
    session_revoked: () => 'Saída de um navegador',
    other_sessions_revoked: () => 'Saída de todos os outros navegadores',
    all_sessions_revoked: () => 'Saída de todos os navegadores',
    oldest_sessions_ended: (provider) =>
      `Saída dos navegadores sem uso há mais tempo: havia navegadores demais com ${provider}`,
    profile_changed: () => 'Nome ou idioma alterados',
    data_exported: () => 'Download dos dados da conta',
    user_disabled: () => 'A conta foi desativada',
    user_enabled: () => 'A conta foi reativada',
  },
  someProvider: 'um provedor',
  bySomebodyElse: 'por outra pessoa',
  byOperator: 'pelo responsável por este serviço',
};

export const flash: typeof englishFlash = {
  connected: (provider) => `O ${provider} está conectado.`,
  disconnected: (provider) => `O ${provider} está desconectado.`,
  acknowledged: (provider) => `O ${provider} continua conectado.`,
  'nothing-pending': 'Não havia mais nada para conectar. Veja abaixo o que está conectado.',
  'session-ended': 'A sessão nesse navegador foi encerrada.',
  'others-ended': 'As sessões em todos os outros navegadores foram encerradas.',
};

export const newIdentity: typeof englishNewIdentity = {
  title: (provider) => `O ${provider} foi conectado à sua conta`,
  warning: (provider) =>
    `Quem tem essa conta do ${provider} pode fazer login na sua. Se não foi você que a conectou, desconecte-a.`,
  itWasMe: 'Fui eu',
  disconnect: 'Desconectar conta',
};
