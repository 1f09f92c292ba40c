import { markup } from '../markup.js';
import type { Catalogue } from '../en/en.js';
import { account, activity, activityPages, flash, newIdentity } from './account.js';
import { errorPages, errors } from './errors.js';
import { confirm, handover } from './questions.js';
import { lost, notice, separate, signIn, stepUp } from './sign-in.js';

export const ja: Catalogue = {
  language: 'ja',
  locale: 'ja',
  dir: 'ltr',
  titleAfter: (done, title) => `${done} – ${title}`,
  errorTitle: (title) => `エラー: ${title}`,
  requestId: (id) => `リクエスト番号: ${id}`,
  yourAccount: 'アカウント',
  goToAccount: 'アカウントに移動',
  backToAccount: 'アカウントに戻る',
  goToSignIn: 'ログインページに移動',
  who: (name) => markup`${name} さんとしてログインしています。`,
  whoWithEmail: (name, email) => markup`${name} さん（${email}）としてログインしています。`,
  name: '名前',
  username: 'ユーザー名',
  email: 'メールアドレス',
  comma: '、',
  browserOn: (browser, system) => `${system} の ${browser}`,
  unknownBrowser: '不明なブラウザ',
  signIn,
  notice,
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
