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
  title: (app) => `${app} にログイン`,
  newHere: '初めての方も、同じボタンでアカウントを作成できます。',
  gets: (app) =>
    `${app ?? 'このアプリ'} は、選んだプロバイダから名前、写真、メールアドレスを受け取ります。パスワードを受け取ることはありません。`,
  signedIn: (app) => `${app} にログインしています`,
  orAsAnother: 'または、別のユーザーとしてログインしてください。',
  noProvider: (id, secret) =>
    markup`プロバイダが設定されていないため、まだだれもログインできません。${id} と ${secret} のように、少なくとも 1 つのプロバイダのキーを設定してから、サービスを再起動してください。`,
  continueWith: (provider) => `${provider} で続行`,
  lastUsed: '前回使用',
  retry: (provider) => `${provider} でもう一度試す`,
  notSignedIn: 'ログインしていません',
  sandbox: (isOn) =>
    markup`${isOn('サンドボックスが有効です。')} 認証情報のないプロバイダはシミュレートされ、だれとしてでもログインできます。`,
};

export const notice: typeof englishNotice = {
  signInFailed: (provider) => `${provider} でログインできませんでした`,
  denied: (provider) => `${provider} でアクセスが許可されませんでした`,
  deniedMeans: (provider) =>
    `アクセスを許可しなかったか、${provider} がそのアカウントを受け付けませんでした。何も変更していません。もう一度試すか、ほかの方法を選んでください。`,
  noAnswer: (provider) => `${provider} から応答がありませんでした`,
  errorAnswer: (provider) => `${provider} からエラーが返されました`,
  notYourFault:
    'お客様の操作に問題はありません。少し待ってからもう一度試すか、ほかの方法でログインしてください。',
  notConnected: (provider) => `${provider} は連携されませんでした`,
  nothingConnected: '何も連携されませんでした',
  chooseButton: (provider) => `「${provider} で続行」を選んでください。`,
  otherAccount: (provider) =>
    `このメールアドレスのアカウントがすでにあり、別の ${provider} アカウントが連携されています。その ${provider} アカウントでログインしてください。「${provider} で続行」を選び、そこでアカウントを切り替えます。`,
  somebodyElse: 'ここでは別の方がログインしています',
  forAnother:
    '開始した操作は、現在ログインしているアカウントのものではありません。何も変更していません。このアカウントで続けるか、別のユーザーとしてログインしてください。',
  anotherChosen: '別のアカウントが選ばれました',
  notConnectedHere: (provider) =>
    `選んだ${provider === null ? '' : ` ${provider} `}アカウントは、ここでログインしているアカウントに連携されていません。何も変更していません。連携済みのアカウントで確認してください。`,
  signInFirst: '先にログインし、アカウントのページからプロバイダを連携してください。',
};

export const exists: typeof englishExists = {
  withProvider: (provider) => `代わりに ${provider} でログインしてください`,
  withOther: (provider) => `もう 1 つの ${provider} アカウントでログインしてください`,
  asBefore: '以前と同じ方法でログインしてください',
  means: (refused, app) =>
    `${refused === null ? '選んだアカウント' : `この ${refused} アカウント`}のメールアドレスのアカウントが${app === null ? '' : ` ${app} に`}すでにあります。`,
  signInWith: (provider) => `そのアカウントには ${provider} でログインしてください。`,
  signInAsBefore: 'そのアカウントには以前と同じ方法でログインしてください。',
  otherMeans: (provider, app) =>
    `このメールアドレスのアカウントが${app === null ? '' : ` ${app} に`}すでにあり、別の ${provider} アカウントが連携されています。続行し、${provider} でそのアカウントに切り替えてください。`,
  thenConnect: (refused) =>
    `その後、${refused === null ? 'もう一方' : `${refused} `}を連携すると、どちらでもログインできます。`,
  otherWays: 'ほかのログイン方法',
  whyNotJoined:
    'メールアドレスだけを理由にアカウントを統合することはありません。アドレスは持ち主が変わることがあるためです。',
};

export const outcome: typeof englishOutcome = {
  signedOut: 'ログアウトしました',
  signedOutMeans: (app) => `このブラウザは ${app} からログアウトしました。`,
  sharedComputer: (provider) =>
    `共有のコンピュータでは、${provider} からもログアウトしてください。こちらで代わりに行うことはできません。`,
  everywhere: 'すべての場所からログアウトしました',
  everywhereMeans:
    'アカウントにログインしていたすべてのブラウザとアプリが、このブラウザも含めてログアウトしました。',
  deleted: 'アカウントを削除しました',
  deletedMeans:
    'プロフィール、連携、ログイン、アクティビティは削除され、すべての場所からログアウトしました。後でログインすると、新しいアカウントが作成されます。',
  again: 'もう一度ログイン',
  signIn: 'ログイン',
};

export const separate: typeof englishSeparate = {
  titleSignedOut: 'そのアカウントに心当たりがありませんか？',
  titleSignedIn: (name) => markup`${name} さんではありませんか？`,
  explanation: (provider, email) =>
    markup`${provider} で新しいアカウントを作成できます。このアカウントには ${email} が設定されます。現在このアドレスを持つアカウントでは、アドレスは係争中となり、確認済みではなくなります。どちらのアカウントにもその旨が表示されます。`,
  start: '新しいアカウントを作成',
};

export const lost: typeof englishLost = {
  title: 'そのアカウントはもう使えません',
  askForHelp: (link) =>
    markup`アカウントが削除された場合や、ご自身のものではなくなった場合は、現在お持ちのアカウントで入れるよう${link('サポートにお問い合わせ')}ください。`,
  askOperator:
    'アカウントが削除された場合や、ご自身のものではなくなった場合は、現在お持ちのアカウントで入れるよう、このサービスの運営者にお問い合わせください。',
  quoteId: '次のリクエスト番号をお伝えください。',
};

export const stepUp: typeof englishStepUp = {
  title: 'ご本人であることの確認',
  titleTooEarly: 'まだこの操作はできません',
  titleWith: (provider) => `${provider} で確認してください`,
  afterwards: {
    question: 'そのまま続けられます。',
    account: 'アカウントに戻ります。その後、もう一度お試しください。',
    elsewhere: '元の場所に戻ります。その後、もう一度お試しください。',
  },
  why: {
    deleteAccount: (app) =>
      `${app === null ? '' : `${app} `}アカウントを削除するには、もう一度ログインする必要があります。`,
    disconnect: (provider) =>
      `${provider} の連携を解除するには、もう一度ログインする必要があります。`,
    connect: (provider) => `${provider} を連携するには、もう一度ログインする必要があります。`,
    export: 'データをダウンロードするには、もう一度ログインする必要があります。',
    other: '安全のため、この操作にはもう一度ログインが必要です。',
  },
  signInAgain: (afterwards) => `もう一度ログインすると、${afterwards}`,
  tooEarly: (time) =>
    markup`残ることになるログイン方法は、連携されてからまだ間もないものです。${time} より前に、以前からのログイン方法に代えることはできません。そうでなければ、このブラウザを使うだれもがアカウントを乗っ取れてしまうためです。何も変更していません。その時刻以降にお試しください。`,
  tooNew: (time) =>
    markup`ログインに使ったアカウントは、連携されてからまだ間もないものです。${time} より前は、この操作の確認に使えません。何も変更していません。`,
  signInWithOlder: (provider, afterwards) =>
    `以前から連携している ${provider} でログインすると、${afterwards}`,
  signOutFirst: (provider) =>
    `${provider} で本人確認を求められない場合は、先に ${provider} からログアウトしてください。`,
  signOutFirstAt: (provider, link) =>
    markup`${provider} で本人確認を求められない場合は、先にログアウトしてください（${link}）。`,
  signOutLink: (provider) => `${provider} からログアウト（新しいタブで開きます）`,
  again: 'もう一度ログイン',
};
