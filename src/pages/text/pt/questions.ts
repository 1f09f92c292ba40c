import type { confirm as englishConfirm, handover as englishHandover } from '../en/questions.js';
import { markup } from '../markup.js';

export const confirm: typeof englishConfirm = {
  cancel: 'Cancelar',
  connect: {
    title: (provider, app) =>
      `Conectar o ${provider} à sua conta${app === null ? '' : ` em ${app}`}?`,
    before: (provider) =>
      `Antes do seu login, este navegador tentou entrar com a conta do ${provider} abaixo.`,
    onlyIfYours: (provider) =>
      `Quem tem esta conta do ${provider} poderá fazer login como você. Conecte-a somente se ela for sua; se não for, escolha “Agora não”.`,
    unverified: 'E-mail não verificado',
    notVerified: (provider) =>
      `O ${provider} não verificou o endereço de e-mail: outra pessoa pode tê-lo informado lá.`,
    yes: (provider) => `Conectar o ${provider}`,
    no: 'Agora não',
  },
  goOnConnecting: (provider) =>
    `Você confirmou que é você. Continue no ${provider} e escolha a conta lá.`,
  export: {
    title: 'Baixar uma cópia dos seus dados?',
    means: 'Perfil, conexões, logins e atividade, em um arquivo JSON.',
    yes: 'Baixar',
  },
  disconnect: {
    title: (provider) => `Desconectar o ${provider}?`,
    means: (provider) =>
      `Você não poderá mais fazer login com o ${provider}. As sessões nos navegadores que o usaram para entrar serão encerradas, exceto neste.`,
    account: 'Conta',
    connected: 'Conectado',
    from: 'De',
    lastUsed: 'Último uso',
    yes: (provider) => `Desconectar o ${provider}`,
  },
  revoke: {
    title: (place) => `Sair de ${place}?`,
    browser:
      'A sessão da sua conta nesse navegador será encerrada. Você pode entrar nele de novo quando quiser.',
    application:
      'A sessão da sua conta nesse aplicativo será encerrada. Você pode entrar nele de novo quando quiser.',
    address: 'Endereço',
    unknown: 'Desconhecido',
    signedIn: 'Login',
    provider: 'Provedor',
    lastSeen: 'Última atividade',
    yes: 'Sair',
  },
  revokeOthers: {
    title: 'Sair de todos os outros navegadores?',
    means: 'As sessões da sua conta em todos os navegadores serão encerradas, exceto neste.',
    yes: 'Sair de todos os outros navegadores',
  },
  signOutEverywhere: {
    title: 'Sair de todos os lugares?',
    means: 'As sessões da sua conta em todos os navegadores serão encerradas, inclusive neste.',
    yes: 'Sair de todos os lugares',
  },
  deleteAccount: {
    title: (app) => `Excluir sua conta${app === null ? '' : ` em ${app}`}?`,
    means: 'Acontece na hora e não pode ser desfeito. Com ela desaparecem:',
    profile: 'seu nome, sua foto e seu endereço de e-mail',
    connections: (list) => `a conexão com ${list}`,
    record: 'todos os seus logins e o registro de atividade',
    startsNew: 'Se você fizer login de novo mais tarde, começará com uma nova conta.',
    downloadFirst: 'Baixar seus dados antes',
    yes: 'Excluir conta',
  },
};

export const handover: typeof englishHandover = {
  site: (place) => `O site ${place}`,
  app: (name) => `Um aplicativo que se identifica como ${name}`,
  program: (place) => `Um programa neste computador (${place})`,
  title: (place) => `Fazer login em ${place}?`,
  signIn: (who) =>
    markup`${who} está prestes a entrar na sua conta. Então poderá vê-la e agir nela.`,
  connectTitle: (provider) => `Conectar o ${provider}?`,
  connect: (who, provider, name) =>
    markup`${who} pede para conectar a conta do ${provider} abaixo à conta de ${name}. Quem tem uma poderá fazer login na outra.`,
  existsTitle: 'Já existe uma conta com este endereço de e-mail',
  exists: (who, provider) =>
    markup`A conta do ${provider} abaixo ainda não dá acesso a ela. Continue e faça login como antes: ${who} poderá então conectar as duas.`,
  confirmTitle: 'Confirmar que é você?',
  confirm: (who, provider, name) =>
    markup`${who} pede que você confirme, com a conta do ${provider} abaixo, que a conta de ${name} é sua. Então poderá fazer nela o que não pode ser desfeito.`,
  signedInWith: 'Login com',
  onlyIfYou:
    'Continue somente se foi você que iniciou isto lá. Se alguém enviou você para cá, escolha “Cancelar”.',
  continue: 'Continuar',
  over: 'Não há nada para confirmar',
  startAgain:
    'Isto já foi respondido, demorou demais, ou você iniciou outro login neste navegador depois. Volte para onde começou e comece de novo.',
};
