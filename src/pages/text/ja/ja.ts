import { markup } from '../markup.js';
import type { Catalogue } from '../en/en.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { exists, lost, notice, outcome, separate, signIn, stepUp } from './sign-in.js';

export const ja: Catalogue = {
  language: 'ja',
  locale: 'ja',
  dir: 'ltr',
  titleAfter: (done, title) => `${done} – ${title}`,
  errorTitle: (title) => `エラー: ${title}`,
  requestId: (id) => `リクエスト番号: ${id}`,
  yourAccount: 'アカウント',
  yourAccountAt: (app) => (app === null ? 'あなたのアカウント' : `あなたの ${app} アカウント`),
  backTo: (app) => `${app} に戻る`,
  goToAccount: 'アカウントに移動',
  backToAccount: 'アカウントに戻る',
  goToSignIn: 'ログインページに移動',
  who: (name) => markup`${name} さんとしてログイン中`,
  whoWithEmail: (name, email) => markup`${name} さん（${email}）としてログイン中`,
  name: '名前',
  username: 'ユーザー名',
  email: 'メールアドレス',
  foot: { about: 'このサイトについて', privacy: 'プライバシー', terms: '利用規約', help: 'ヘルプ' },
  comma: '、',
  browserOn: (browser, system) => `${system} の ${browser}`,
  unknownBrowser: '不明なブラウザ',
  signIn,
  notice,
  exists,
  outcome,
  separate,
  lost,
  stepUp,
  account,
  activityPages,
  activity,
  flash,
  newIdentity,
  confirm,
  handover,
  errors,
  errorPages,
};
