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
  title: (app) => `Fazer login em ${app}`,
  newHere: 'É sua primeira vez? Os mesmos botões criam sua conta.',
  gets: (app) =>
    `${app ?? 'Este aplicativo'} recebe seu nome, sua foto e seu endereço de e-mail do provedor que você escolher, nunca sua senha.`,
  signedIn: (app) => `Você está conectado a ${app}`,
  orAsAnother: 'Ou faça login como outra pessoa:',
  noProvider: (id, secret) =>
    markup`Ninguém pode fazer login ainda, porque nenhum provedor está configurado. Defina as chaves de pelo menos um, como ${id} e ${secret}, e inicie o serviço de novo.`,
  continueWith: (provider) => `Continuar com o ${provider}`,
  lastUsed: 'Usado por último',
  retry: (provider) => `Tentar o ${provider} de novo`,
  notSignedIn: 'Não conectado',
  sandbox: (isOn) =>
    markup`${isOn('O ambiente de testes está ativado.')} Os provedores sem credenciais são simulados: neles você pode fazer login como qualquer pessoa.`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `O login com o ${provider} não funcionou`,
  denied: (provider) => `O acesso no ${provider} não foi permitido`,
  deniedMeans: (provider) =>
    `Você não o permitiu, ou o ${provider} não aceita sua conta. Nada mudou. Tente de novo ou escolha outra forma.`,
  noAnswer: (provider) => `O ${provider} não respondeu`,
  errorAnswer: (provider) => `O ${provider} respondeu com um erro`,
  notYourFault: 'A culpa não é sua. Tente de novo em instantes ou faça login de outra forma.',
  notConnected: (provider) => `O ${provider} não foi conectado`,
  nothingConnected: 'Nada foi conectado',
  chooseButton: (provider) => `Escolha “Continuar com o ${provider}”.`,
  otherAccount: (provider) =>
    `Já existe uma conta com este endereço de e-mail, e outra conta do ${provider} está conectada a ela. Faça login com essa outra conta do ${provider}: escolha “Continuar com o ${provider}” e mude para essa conta lá.`,
  somebodyElse: 'Outra pessoa está conectada aqui',
  forAnother:
    'O que você iniciou não era para a conta que está conectada agora. Nada mudou. Continue com esta conta ou faça login como outra pessoa.',
  anotherChosen: 'Essa era outra conta',
  notConnectedHere: (provider) =>
    `A conta ${provider === null ? '' : `do ${provider} `}que você escolheu não está vinculada à conta usada aqui. Nada mudou. Confirme com uma que esteja vinculada.`,
  signInFirst: 'Faça login primeiro e depois conecte o provedor na página da sua conta.',
};

export const exists: typeof englishExists = {
  withProvider: (provider) => `Faça login com o ${provider} em vez disso`,
  withOther: (provider) => `Faça login com sua outra conta do ${provider}`,
  asBefore: 'Faça login como antes',
  means: (refused, app) =>
    `Já existe uma conta${app === null ? '' : ` em ${app}`} com o endereço de e-mail ${refused === null ? 'da conta que você escolheu' : `desta conta do ${refused}`}.`,
  signInWith: (provider) => `Entre nela com o ${provider}.`,
  signInAsBefore: 'Entre nela como fazia antes.',
  otherMeans: (provider, app) =>
    `Já existe uma conta${app === null ? '' : ` em ${app}`} com este endereço de e-mail, e outra conta do ${provider} está conectada a ela. Continue e mude para essa conta no ${provider}.`,
  thenConnect: (refused) =>
    `Depois você pode conectar ${refused === null ? 'a outra' : `o ${refused}`} e fazer login com qualquer uma delas.`,
  otherWays: 'Outras formas de fazer login',
  whyNotJoined:
    'Nunca juntamos contas apenas por um endereço de e-mail. Um endereço pode mudar de mãos.',
};

export const outcome: typeof englishOutcome = {
  signedOut: 'Você saiu',
  signedOutMeans: (app) => `Este navegador saiu de ${app}.`,
  sharedComputer: (provider) =>
    `Em um computador compartilhado, saia também do ${provider}. Não podemos fazer isso por você.`,
  everywhere: 'Você saiu de todos os lugares',
  everywhereMeans:
    'As sessões da sua conta em todos os navegadores e aplicativos foram encerradas, inclusive neste navegador.',
  deleted: 'Sua conta foi excluída',
  deletedMeans:
    'Seu perfil, as conexões, os logins e a atividade não existem mais, e você saiu de todos os lugares. Se fizer login mais tarde, uma nova conta será criada.',
  again: 'Fazer login de novo',
  signIn: 'Fazer login',
};

export const separate: typeof englishSeparate = {
  titleSignedOut: 'Essa conta não é sua?',
  titleSignedIn: (name) => markup`Você não é ${name}?`,
  explanation: (provider, email) =>
    markup`Crie uma nova conta com o ${provider}. Ela recebe o endereço ${email}. Na conta que tem o endereço agora, ele passa a ser contestado: deixa de ser verificado. As duas contas mostram isso.`,
  start: 'Criar uma nova conta',
};

export const lost: typeof englishLost = {
  title: 'Não posso mais usar essa conta',
  askForHelp: (link) =>
    markup`Se ela foi excluída ou não é mais sua, ${link('peça ajuda')} para entrar com a que você tem agora.`,
  askOperator:
    'Se ela foi excluída ou não é mais sua, peça aos responsáveis por este serviço para entrar com a que você tem agora.',
  quoteId: 'Informe este número da solicitação:',
};

export const stepUp: typeof englishStepUp = {
  title: 'Confirme que é você',
  titleTooEarly: 'Ainda é cedo para isto',
  titleWith: (provider) => `Confirme com o ${provider}`,
  afterwards: {
    question: 'você continuará em seguida.',
    account: 'você voltará à sua conta. Depois, tente de novo.',
    elsewhere: 'você voltará para onde estava. Depois, tente de novo.',
  },
  why: {
    deleteAccount: (app) =>
      `Para excluir sua conta${app === null ? '' : ` em ${app}`}, você precisa fazer login mais uma vez.`,
    disconnect: (provider) =>
      `Para desconectar o ${provider}, você precisa fazer login mais uma vez.`,
    connect: (provider) => `Para conectar o ${provider}, você precisa fazer login mais uma vez.`,
    export: 'Para baixar seus dados, você precisa fazer login mais uma vez.',
    other: 'Para sua segurança, isto exige um novo login.',
  },
  signInAgain: (afterwards) => `Faça login de novo e ${afterwards}`,
  tooEarly: (time) =>
    markup`A forma de login que restaria foi conectada há pouco tempo. Ela não pode substituir uma mais antiga antes de ${time}; do contrário, qualquer pessoa no seu navegador poderia tomar sua conta. Nada mudou. Tente nessa hora.`,
  tooNew: (time) =>
    markup`A conta com que você fez login foi conectada há pouco tempo. Ela não pode confirmar isto antes de ${time}. Nada mudou.`,
  signInWithOlder: (provider, afterwards) =>
    `Faça login com o ${provider}, que foi conectado antes, e ${afterwards}`,
  signOutFirst: (provider) => `Se o ${provider} não perguntar quem você é, saia de lá primeiro.`,
  signOutFirstAt: (provider, link) =>
    markup`Se o ${provider} não perguntar quem você é, saia de lá primeiro: ${link}.`,
  signOutLink: (provider) => `Sair do ${provider} (abre uma nova guia)`,
  again: 'Fazer login de novo',
};
