import type { ActivityEvent } from '../../../common/activity-event.js';
import { type Html, markup } from '../markup.js';

/** The account page. */
export const account = {
  verified: 'Verified',
  contested: 'Contested',
  notVerified: 'Not verified',
  noEmail: 'No email address',
  contestedMeans: (email: Html) =>
    markup`The mailbox ${email} belongs to somebody who has an account of their own here, so the address is not verified as yours any more. You sign in as before. To have another address here, change it at your provider, and sign in again.`,
  providers: 'Ways to sign in',
  providersMean: 'Each of these leads to this same account. At least one has to stay connected.',
  lastUsed: (time: Html) => markup`last used ${time}`,
  /** Of one that nobody has signed in with yet. */
  connectedSince: (time: Html) => markup`connected ${time}`,
  disconnect: 'Disconnect',
  disconnectOne: (provider: string) => `Disconnect ${provider}`,
  notConnected: 'Not connected',
  connect: 'Connect',
  connectOne: (provider: string) => `Connect ${provider}`,
  sessions: 'Where you are signed in',
  sessionsMean: 'Sign out any that you do not recognise.',
  thisBrowser: 'This browser',
  activeNow: 'Active now',
  active: (time: Html) => markup`Active ${time}`,
  signedInWith: (provider: string, time: Html) => markup`signed in with ${provider} ${time}`,
  signOut: 'Sign out',
  signOutHere: 'Sign out of this browser',
  /** For those who hear the page; `address` may be unknown. */
  signOutOf: (browser: string, address: string | null, provider: string, time: string) =>
    `Sign out of ${browser}, ${address === null ? '' : `${address}, `}signed in with ${provider} ${time}`,
  signOutOthers: 'Sign out of all other browsers',
  signOutEverywhere: 'Sign out everywhere',
  activity: 'Recent activity',
  activityMeans: 'What happened with this account, newest first.',
  data: 'Your data',
  dataMeans: 'What is kept about you here.',
  copy: 'A copy of your data',
  copyMeans: 'Profile, connections, sign-ins and activity, as JSON',
  download: 'Download',
  userIdTitle: 'User id',
  userId: (id: Html) => markup`Quote it when you ask for help: ${id}`,
  delete: 'Delete account',
  deleteMeans: 'There is no way back.',
  deleteYours: (app: string | null) => `Delete your ${app === null ? '' : `${app} `}account`,
  askedFirst: 'You are asked once more before anything happens.',
  asOf: (time: Html) => markup`As of ${time}.`,
  showExactTimes: 'Show exact times',
};

/** The pages of the activity log. */
export const activityPages = {
  newest: 'Activity of your account',
  older: 'Older activity of your account',
  toNewest: 'Newest activity',
  toOlder: 'Older activity',
  nothingOlder: 'There is nothing older.',
};

/** What has happened. The provider is a label, or `someProvider`. */
const events: Record<ActivityEvent, (provider: string) => string> = {
  sign_in: (provider) => `Signed in with ${provider}`,
  sign_in_refused: (provider) =>
    `Somebody with your address tried to sign in with ${provider}, which is not connected`,
  disabled_sign_in_refused: (provider) =>
    `Signing in with ${provider} was refused while the account was disabled`,
  reauthenticated: (provider) => `Signed in again with ${provider}`,
  reauthentication_failed: (provider) => `Signing in again with ${provider} did not work`,
  sign_out: () => 'Signed out',
  identity_linked: (provider) => `Connected ${provider}`,
  link_refused: (provider) => `Connecting ${provider} did not work`,
  identity_unlinked: (provider) => `Disconnected ${provider}`,
  identity_settled: (provider) => `${provider} was confirmed as yours`,
  identity_moved: (provider) => `Another ${provider} account has taken the place of yours`,
  address_claimed: (provider) =>
    `Started with the address that ${provider} sends, which is contested in another account now`,
  address_contested: (provider) =>
    `The address that ${provider} sends belongs to somebody else, who has an account of their own now`,
  address_released: (provider) =>
    `The address that ${provider} sends is no longer verified as yours`,
  session_revoked: () => 'Signed out of a browser',
  other_sessions_revoked: () => 'Signed out of all other browsers',
  all_sessions_revoked: () => 'Signed out of all browsers',
  oldest_sessions_ended: (provider) =>
    `Signed out of the browsers that were not used for the longest: there were too many with ${provider}`,
  profile_changed: () => 'Changed the name or the language',
  data_exported: () => 'Downloaded the account’s data',
  user_disabled: () => 'The account was disabled',
  user_enabled: () => 'The account was enabled again',
};

export const activity = {
  events,
  someProvider: 'a provider',
  bySomebodyElse: 'by somebody else',
  byOperator: 'by the operator of this service',
};

/** After a form, by what has been done. */
export const flash = {
  connected: (provider: string) => `${provider} is connected.`,
  disconnected: (provider: string) => `${provider} is disconnected.`,
  acknowledged: (provider: string) => `${provider} stays connected.`,
  'nothing-pending':
    'Nothing was waiting to be connected any more. Below you see what is connected.',
  'session-ended': 'That browser is signed out.',
  'others-ended': 'All other browsers are signed out.',
};

/** What was connected lately, on every page. */
export const newIdentity = {
  title: (provider: string) => `${provider} was connected to your account`,
  warning: (provider: string) =>
    `Whoever has that ${provider} account can sign in to yours. If you did not connect it, disconnect it.`,
  itWasMe: 'It was me',
  disconnect: 'Disconnect it',
};
