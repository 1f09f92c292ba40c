import type { confirm as englishConfirm, handover as englishHandover } from '../en/questions.js';
import { markup } from '../markup.js';

export const confirm: typeof englishConfirm = {
  cancel: 'キャンセル',
  connect: {
    title: (provider, app) =>
      `${provider} を${app === null ? '' : ` ${app} `}アカウントに連携しますか？`,
    before: (provider) =>
      `ログインする前に、このブラウザから下の ${provider} アカウントでのログインが試みられました。`,
    onlyIfYours: (provider) =>
      `連携すると、この ${provider} アカウントを持つ人があなたとしてログインできるようになります。ご自身のものである場合にのみ連携してください。そうでなければ「後で」を選んでください。`,
    unverified: 'メールアドレス未確認',
    notVerified: (provider) =>
      `${provider} はこのメールアドレスを確認していません。ほかの方が入力した可能性があります。`,
    yes: (provider) => `${provider} を連携`,
    no: '後で',
  },
  goOnConnecting: (provider) =>
    `ご本人であることを確認しました。${provider} に進み、そこでアカウントを選んでください。`,
  export: {
    title: 'データのコピーをダウンロードしますか？',
    means: 'プロフィール、連携、ログイン、アクティビティを JSON ファイルでダウンロードします。',
    yes: 'ダウンロード',
  },
  disconnect: {
    title: (provider) => `${provider} の連携を解除しますか？`,
    means: (provider) =>
      `今後、${provider} ではログインできなくなります。${provider} でログインしたブラウザは、このブラウザを除いてログアウトします。`,
    account: 'アカウント',
    connected: '連携日時',
    from: '連携元',
    lastUsed: '最終使用',
    yes: (provider) => `${provider} の連携を解除`,
  },
  revoke: {
    title: (place) => `${place} からログアウトしますか？`,
    browser: 'そのブラウザはアカウントからログアウトします。いつでもそこで再びログインできます。',
    application: 'そのアプリはアカウントからログアウトします。いつでもそこで再びログインできます。',
    address: 'アドレス',
    unknown: '不明',
    signedIn: 'ログイン日時',
    provider: 'プロバイダ',
    lastSeen: '最終アクセス',
    yes: 'ログアウト',
  },
  revokeOthers: {
    title: 'ほかのすべてのブラウザからログアウトしますか？',
    means: 'アカウントにログインしているすべてのブラウザが、このブラウザを除いてログアウトします。',
    yes: 'ほかのすべてのブラウザからログアウト',
  },
  signOutEverywhere: {
    title: 'すべての場所からログアウトしますか？',
    means: 'アカウントにログインしているすべてのブラウザが、このブラウザも含めてログアウトします。',
    yes: 'すべての場所からログアウト',
  },
  deleteAccount: {
    title: (app) => `${app === null ? '' : `${app} `}アカウントを削除しますか？`,
    means: 'ただちに削除され、元に戻すことはできません。あわせて次のものも削除されます。',
    profile: '名前、写真、メールアドレス',
    connections: (list) => `${list} との連携`,
    record: 'すべてのログインとアクティビティの記録',
    startsNew: '後でもう一度ログインすると、新しいアカウントで始まります。',
    downloadFirst: '先にデータをダウンロード',
    yes: 'アカウントを削除',
  },
};

export const handover: typeof englishHandover = {
  site: (place) => `サイト ${place}`,
  app: (name) => `${name} と名乗るアプリ`,
  program: (place) => `このコンピュータ上のプログラム（${place}）`,
  title: (place) => `${place} にログインしますか？`,
  signIn: (who) =>
    markup`${who} があなたのアカウントにログインしようとしています。ログインすると、アカウントの閲覧や操作ができるようになります。`,
  connectTitle: (provider) => `${provider} を連携しますか？`,
  connect: (who, provider, name) =>
    markup`${who} が、下の ${provider} アカウントを ${name} さんのアカウントに連携するよう求めています。連携すると、一方を持つ人がもう一方にログインできるようになります。`,
  existsTitle: 'このメールアドレスのアカウントはすでに存在します',
  exists: (who, provider) =>
    markup`下の ${provider} アカウントでは、まだそのアカウントにログインできません。続行して、以前と同じ方法でログインしてください。その後、${who} が両方を連携できます。`,
  confirmTitle: 'ご本人であることを確認しますか？',
  confirm: (who, provider, name) =>
    markup`${who} が、${name} さんのアカウントがあなたのものであることを、下の ${provider} アカウントで確認するよう求めています。確認すると、そこでは元に戻せない操作もできるようになります。`,
  signedInWith: 'ログイン方法',
  onlyIfYou:
    'ご自身がそこで開始した場合にのみ続行してください。だれかに誘導されてここに来た場合は、「キャンセル」を選んでください。',
  continue: '続行',
  over: '確認することはありません',
  startAgain:
    'すでに回答済みか、時間がかかりすぎたか、その後このブラウザで別のログインが開始されました。開始した場所に戻り、最初からやり直してください。',
};
