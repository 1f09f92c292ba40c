import type { components } from './schema.js';

type Schemas = components['schemas'];

export type AccessToken = Schemas['AccessToken'];
export type ActivityEntry = Schemas['ActivityEntry'];
export type ActivityPage = Schemas['ActivityPage'];
export type ErrorCode = Schemas['ErrorCode'];
export type ExchangedSession = Schemas['ExchangedSession'];
export type Identity = Schemas['Identity'];
export type Introspection = Schemas['Introspection'];
export type KeySet = Schemas['KeySet'];
export type PendingLink = Schemas['PendingLink'];
/** What a failed request is answered with (RFC 9457). */
export type Problem = Schemas['Problem'];
export type ProfileChanges = Schemas['ProfileChanges'];
export type Provider = Schemas['Provider'];
export type ProviderId = Schemas['ProviderId'];
export type Session = Schemas['Session'];
export type SessionSummary = Schemas['SessionSummary'];
export type SignInStart = Schemas['SignInStart'];
export type User = Schemas['User'];

interface Signed<Who, Of> extends Omit<Schemas['CurrentSession'], 'user' | 'session'> {
  user: Who;
  session: Of;
}

/** Who is signed in in this browser: both `user` and `session`, or neither. */
export type CurrentSession = Signed<User, Session> | Signed<null, null>;
