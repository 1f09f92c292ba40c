/** What has to compile, and what must not, in an application's own strict project: `npm run typecheck`. */
import type { ReactNode } from 'react';
import {
  createLatchkey,
  type CurrentSession,
  type ErrorCode,
  LatchkeyError,
  type ProviderId,
  readError,
  type User,
} from '../../../client/src/index.js';
import { errorMessage, signInLabel } from '../../../client/src/messages.js';
import {
  LatchkeyProvider,
  SignInButtons,
  useLatchkey,
  useSession,
} from '../../../client/src/react.js';

const latchkey = createLatchkey({ baseUrl: 'https://id.example.com' });

// @ts-expect-error A provider that there is not.
latchkey.signInUrl('github');
// @ts-expect-error An option that is misspelt.
latchkey.signInUrl('google', { return_to: '/' });
// @ts-expect-error Only a popup can be waited for.
void latchkey.signIn('google').then();

export const inPopup: Promise<CurrentSession> = latchkey.signIn('google', { popup: true });
export const byNavigation: void = latchkey.signIn('google', { returnTo: undefined });
export const unsubscribe: () => void = latchkey.onChange(({ user }) => user?.displayName);

/** Both are there, or neither. */
export function since(current: CurrentSession): string {
  return current.user === null ? 'nobody' : `${current.user.id} ${current.session.createdAt}`;
}

export function whole(error: LatchkeyError): string | null {
  switch (error.code) {
    case 'account_exists':
      return error.signInWith satisfies ProviderId | null;
    case 'reauth_required':
      return error.reauthUrl;
    case 'identity_too_new':
      return error.availableFrom;
    case 'rate_limited':
    case 'store_unavailable':
    case 'not_ready':
      return String(error.retryAfter);
    case 'invalid_state':
    case 'state_expired':
    case 'provider_mismatch':
    case 'session_changed':
    case 'access_denied':
    case 'login_required':
    case 'invalid_id_token':
    case 'provider_error':
    case 'provider_timeout':
    case 'account_disabled':
    case 'invalid_grant':
    case 'identity_in_use':
    case 'last_identity':
    case 'csrf_failed':
    case 'service_key_in_browser':
    case 'internal_error':
    case 'unauthenticated':
    case 'not_found':
    case 'bad_request':
    case 'misdirected_request':
    case 'payload_too_large':
    case 'unsupported_media_type':
      return errorMessage(error.code, 'de');
    default:
      return error satisfies never;
  }
}

/** A code is missing: as in a `switch`, what is left over is not `never`. */
export function incomplete({ code }: LatchkeyError): string {
  if (code !== 'rate_limited' && code !== 'not_ready') return 'Sorry';
  if (code === 'not_ready') return 'Wait';
  // @ts-expect-error `rate_limited` is missing.
  return code satisfies never;
}

// @ts-expect-error A code that there is not.
export const misspelt: ErrorCode = 'acount_exists';
// @ts-expect-error Neither has it a sentence.
errorMessage('acount_exists');

export async function caught(): Promise<ErrorCode | null> {
  try {
    await latchkey.deleteAccount();
    return null;
  } catch (error) {
    return error instanceof LatchkeyError ? error.code : null;
  }
}

export const told: LatchkeyError | null = readError();
export const toldOf: LatchkeyError | null = readError(new URL('https://app.example.com/'));

function Page(): ReactNode {
  const session = useSession();
  switch (session.status) {
    case 'loading':
      return null;
    case 'signedOut':
      return (
        <SignInButtons popup returnTo="/signed-in" className="button" locale="de-AT">
          {({ label }) => <b>{signInLabel(label, 'de-AT')}</b>}
        </SignInButtons>
      );
    case 'failed':
      return <button onClick={session.retry}>Again</button>;
    case 'signedIn':
      return <Name user={session.user} />;
    default:
      return session satisfies never;
  }
}

function Name({ user }: { user: User }) {
  const { signOut } = useLatchkey();
  return <button onClick={() => void signOut()}>{user.displayName}</button>;
}

export const application = (
  <LatchkeyProvider latchkey={latchkey}>
    <Page />
  </LatchkeyProvider>
);
