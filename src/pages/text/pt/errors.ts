import type { errorPages as englishPages, errors as english } from '../en/errors.js';

export const errors: typeof english = {
  codes: {
    invalid_state:
      'Este login não foi iniciado neste navegador ou já foi concluído. Comece de novo.',
    state_expired: 'Este login demorou demais. Comece de novo.',
    provider_mismatch:
      'A resposta veio de um provedor diferente do que foi consultado. Comece de novo.',
    session_changed:
      'Isto foi iniciado com uma conta diferente da que está conectada agora ou da que você escolheu. Nada mudou. Faça login com a conta certa e tente de novo.',
    access_denied:
      'Você não permitiu o acesso no provedor, ou ele não aceita sua conta. Tente de novo ou use outro provedor.',
    login_required:
      'O provedor não conseguiu fazer seu login sem perguntar nada a você. Faça login de novo.',
    invalid_id_token:
      'Não foi possível verificar a prova do provedor sobre quem você é. Tente de novo.',
    provider_error:
      'O provedor respondeu com um erro. Tente de novo daqui a pouco ou use outro provedor.',
    provider_timeout:
      'O provedor não respondeu a tempo. Tente de novo daqui a pouco ou use outro provedor.',
    account_exists:
      'Já existe uma conta com este endereço de e-mail. Faça login como antes; depois você poderá conectar esta.',
    account_disabled: 'Esta conta está desativada. Pergunte a quem é responsável por este serviço.',
    invalid_grant:
      'Não é possível trocar o código: ele está errado, já foi usado ou é antigo demais, ou não pertence a este destino ou verificador. Comece de novo.',
    identity_in_use:
      'Essa conta já é usada aqui para entrar em outra conta. Para usar essa outra, saia e faça login com ela.',
    last_identity: 'Esta é a única forma de login que resta. Conecte outro provedor antes.',
    reauth_required: 'Faça login de novo para confirmar que é você e repita esta ação.',
    identity_too_new:
      'A conta com que você confirmou isto foi conectada há pouco tempo. Confirme com uma mais antiga ou espere.',
    csrf_failed:
      'Isto não foi enviado por uma página deste serviço, por isso nada mudou. Volte, recarregue a página e tente de novo.',
    service_key_in_browser:
      'Uma chave de serviço veio de um navegador. Ela é um segredo dos seus servidores: remova-a da página e substitua-a.',
    rate_limited: 'Solicitações demais. Espere um pouco e tente de novo.',
    store_unavailable:
      'O serviço não consegue acessar o banco de dados. Tente de novo daqui a pouco.',
    not_ready: 'O serviço está iniciando ou parando. Tente de novo daqui a pouco.',
    internal_error:
      'Algo deu errado do nosso lado. Tente de novo e informe o número da solicitação se acontecer outra vez.',
    unauthenticated: 'Faça login primeiro.',
    not_found: 'Não há nada aqui. Confira o endereço.',
    bad_request: 'Não foi possível ler a solicitação. Volte, recarregue a página e tente de novo.',
    misdirected_request:
      'O ambiente de testes deste serviço está ativado, e ele só responde na máquina em que é executado. Abra-o lá, no próprio endereço.',
    payload_too_large: 'O corpo da solicitação é grande demais. Envie no máximo 32 KB.',
    unsupported_media_type: 'Este tipo de conteúdo não é aceito aqui. Envie JSON ou um formulário.',
  },
  details: {
    another_connected: 'Outra conta deste provedor já está conectada. Desconecte-a primeiro.',
    nothing_pending: 'Não há mais nada para conectar. Comece de novo.',
    used_up: 'Este endereço já foi aberto ou é antigo demais. Comece de novo no aplicativo.',
  },
  connecting: {
    access_denied:
      'Você não permitiu o acesso no provedor, ou ele não aceita sua conta. Nada mudou na sua conta.',
    login_required:
      'O provedor não conseguiu responder sem perguntar nada a você. Comece de novo pela sua conta.',
    invalid_state:
      'Isto não foi iniciado neste navegador ou já foi concluído. Comece de novo pela sua conta.',
    state_expired: 'Isto demorou demais. Comece de novo pela sua conta.',
    provider_mismatch:
      'A resposta veio de um provedor diferente do que foi consultado. Comece de novo pela sua conta.',
    invalid_id_token:
      'Não foi possível verificar a prova do provedor sobre de quem é a conta. Comece de novo pela sua conta.',
    provider_error:
      'O provedor respondeu com um erro. Espere um momento e comece de novo pela sua conta.',
    provider_timeout:
      'O provedor não respondeu a tempo. Espere um momento e comece de novo pela sua conta.',
    identity_in_use:
      'Não é possível conectar essa conta. Ou outra pessoa já a usa aqui, ou você já conectou outra conta deste provedor; nesse caso, desconecte aquela primeiro.',
    session_changed: 'Você não está mais conectado com a conta em que começou isto. Nada mudou.',
  },
};

export const errorPages: typeof englishPages = {
  titles: {
    401: 'Login não feito',
    403: 'Não permitido',
    404: 'Não há nenhuma página aqui',
    409: 'Isso não é possível',
    421: 'Não neste endereço',
    429: 'Solicitações demais',
    503: 'Temporariamente indisponível',
  },
  signInAgain: 'Fazer login de novo',
  usedUpByOthers:
    'Se não foi você que fez tantas solicitações, talvez outra pessoa esteja usando a sua conta. Faça login de novo para confirmar que é você: assim poderá continuar na hora.',
  otherTitle: 'Algo deu errado',
  formNotFound: 'Não encontrado',
  noPage: 'O endereço pode ter um erro de digitação, ou a página mudou de lugar.',
  wait: (wait) => `Aguarde ${wait}`,
  waitMeans: 'Chegaram solicitações demais de você ou da sua rede. Sua conta está bem.',
  unavailable: 'O serviço não está disponível no momento. Tente de novo em um minuto.',
  tryAgain: 'Tentar de novo',
  nothingToDo: 'Nada a fazer aqui',
  sessionGone: 'Esse navegador não está mais conectado.',
  identityGone: (provider) => `${provider ?? 'Esse provedor'} não está conectado à sua conta.`,
  somebodyElse: 'Agora outra pessoa está conectada',
  madeForAnother:
    'A página de onde você enviou isto era para outra conta, por isso nada mudou. Continue com a conta abaixo ou faça login como outra pessoa.',
  sessionEnded: 'Sua sessão foi encerrada enquanto isso',
  signInAndRepeat: 'Nada mudou. Faça login e tente de novo.',
  signInAsAnother: 'Fazer login como outra pessoa',
};
