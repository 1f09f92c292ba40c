import type {
  lost as englishLost,
  notice as englishNotice,
  separate as englishSeparate,
  signIn as englishSignIn,
  stepUp as englishStepUp,
} from '../en/sign-in.js';
import { markup } from '../markup.js';

export const signIn: typeof englishSignIn = {
  title: 'Fazer login',
  signedInAs: (name) => markup`Você está conectado como ${name}`,
  orConfirm: 'Ou confirme que é você:',
  orAsAnother: 'Ou faça login como outra pessoa:',
  choose: 'Escolha a conta com que deseja continuar.',
  noProvider: (id, secret) =>
    markup`Ninguém pode fazer login ainda, porque nenhum provedor está configurado. Defina as chaves de pelo menos um, como ${id} e ${secret}, e inicie o serviço de novo.`,
  continueWith: (provider) => `Continuar com o ${provider}`,
  sandbox: (isOn) =>
    markup`${isOn('O ambiente de testes está ativado.')} Os provedores sem credenciais são simulados: neles você pode fazer login como qualquer pessoa.`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `O login com o ${provider} não funcionou`,
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
    question: 'você poderá continuar de onde estava.',
    account: 'você voltará à sua conta. Depois, tente de novo.',
    elsewhere: 'você voltará para onde estava. Depois, tente de novo.',
  },
  signInAgain: (afterwards) =>
    `Para sua segurança, isto exige um novo login. Faça login de novo e ${afterwards}`,
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
  againWith: (provider) => `Fazer login de novo com o ${provider}`,
};
