import type {
  account as englishAccount,
  activity as englishActivity,
  activityPages as englishPages,
  flash as englishFlash,
  newIdentity as englishNewIdentity,
} from '../en/account.js';
import { markup } from '../markup.js';

export const account: typeof englishAccount = {
  verified: '確認済み',
  contested: '係争中',
  notVerified: '未確認',
  noEmail: 'メールアドレスなし',
  contestedMeans: (email) =>
    markup`${email} は、ここに自分のアカウントを持つ別の方のメールボックスです。そのため、このアドレスはあなたのものとしては確認済みではなくなりました。ログイン方法はこれまでと変わりません。別のアドレスを使うには、プロバイダで変更してから、もう一度ログインしてください。`,
  providers: 'ログイン方法',
  providersMean:
    'どの方法でも、この同じアカウントにログインします。少なくとも 1 つは連携しておく必要があります。',
  lastUsed: (time) => markup`最終使用: ${time}`,
  connectedSince: (time) => markup`連携: ${time}`,
  disconnect: '連携を解除',
  disconnectOne: (provider) => `${provider} の連携を解除`,
  notConnected: '未連携',
  connect: '連携',
  connectOne: (provider) => `${provider} を連携`,
  sessions: 'ログイン中のブラウザ',
  sessionsMean: '心当たりのないものはログアウトしてください。',
  thisBrowser: 'このブラウザ',
  activeNow: '現在使用中',
  active: (time) => markup`最終アクセス: ${time}`,
  signedInWith: (provider, time) => markup`${provider} でログイン: ${time}`,
  signOut: 'ログアウト',
  signOutHere: 'このブラウザからログアウト',
  signOutOf: (browser, address, provider, time) =>
    `ログアウト: ${browser}、${address === null ? '' : `${address}、`}${provider} でログイン: ${time}`,
  signOutOthers: 'ほかのすべてのブラウザからログアウト',
  signOutEverywhere: 'すべての場所からログアウト',
  activity: '最近のアクティビティ',
  activityMeans: 'このアカウントで起きたことを、新しい順に表示しています。',
  data: 'あなたのデータ',
  dataMeans: 'ここに保存されている、あなたに関する情報です。',
  copy: 'データのコピー',
  copyMeans: 'プロフィール、連携、ログイン、アクティビティ（JSON）',
  userId: (id) => markup`お問い合わせの際にお伝えください: ${id}`,
  download: 'ダウンロード',
  userIdTitle: 'ユーザー ID',
  delete: 'アカウントを削除',
  deleteMeans: '元に戻すことはできません。',
  deleteYours: (app) => `${app === null ? '' : `${app} `}アカウントを削除`,
  askedFirst: '実行する前に、もう一度確認します。',
  asOf: (time) => markup`${time} 現在`,
  showExactTimes: '正確な日時を表示',
};

export const activityPages: typeof englishPages = {
  newest: 'アカウントのアクティビティ',
  older: 'アカウントの以前のアクティビティ',
  toNewest: '最新のアクティビティ',
  toOlder: '以前のアクティビティ',
  nothingOlder: 'これより前のアクティビティはありません。',
};

export const activity: typeof englishActivity = {
  events: {
    sign_in: (provider) => `${provider} でログイン`,
    sign_in_refused: (provider) =>
      `あなたのアドレスを使う何者かが、連携していない ${provider} でログインしようとしました`,
    disabled_sign_in_refused: (provider) => `アカウントが無効な間の ${provider} でのログインを拒否`,
    reauthenticated: (provider) => `${provider} で再ログイン`,
    reauthentication_failed: (provider) => `${provider} での再ログインに失敗`,
    sign_out: () => 'ログアウト',
    identity_linked: (provider) => `${provider} を連携`,
    link_refused: (provider) => `${provider} の連携に失敗`,
    identity_unlinked: (provider) => `${provider} の連携を解除`,
    identity_settled: (provider) => `${provider} の連携が本人のものと確認されました`,
    identity_moved: (provider) => `${provider} の別のアカウントに置き換えられました`,
    address_claimed: (provider) =>
      `${provider} から送られたアドレスで開始（別のアカウントでは係争中）`,
    address_contested: (provider) =>
      `${provider} から送られたアドレスは、自分のアカウントを持つようになった別の方のものです`,
    address_released: (provider) =>
      `${provider} から送られたアドレスは、あなたのものとしては確認済みではなくなりました`,
    session_revoked: () => 'ブラウザ 1 つからログアウト',
    other_sessions_revoked: () => 'ほかのすべてのブラウザからログアウト',
    all_sessions_revoked: () => 'すべてのブラウザからログアウト',
    oldest_sessions_ended: (provider) =>
      `${provider} でのログインが多すぎたため、長く使われていないブラウザからログアウト`,
    profile_changed: () => '名前または言語を変更',
    data_exported: () => 'アカウントのデータをダウンロード',
    user_disabled: () => 'アカウントが無効になりました',
    user_enabled: () => 'アカウントが再び有効になりました',
  },
  someProvider: 'プロバイダ',
  bySomebodyElse: 'ほかの方による操作',
  byOperator: 'このサービスの運営者による操作',
};

export const flash: typeof englishFlash = {
  connected: (provider) => `${provider} を連携しました。`,
  disconnected: (provider) => `${provider} の連携を解除しました。`,
  acknowledged: (provider) => `${provider} の連携を続けます。`,
  'nothing-pending':
    '連携を待っているものはありませんでした。連携中のプロバイダは下に表示されています。',
  'session-ended': 'そのブラウザからログアウトしました。',
  'others-ended': 'ほかのすべてのブラウザからログアウトしました。',
};

export const newIdentity: typeof englishNewIdentity = {
  title: (provider) => `${provider} がアカウントに連携されました`,
  warning: (provider) =>
    `その ${provider} アカウントを持つ人は、あなたのアカウントにログインできます。心当たりがない場合は、連携を解除してください。`,
  itWasMe: '自分で連携しました',
  disconnect: 'この連携を解除',
};
