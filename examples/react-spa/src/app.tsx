import { LatchkeyError, type User } from '@latchkey/client';
import { errorMessage } from '@latchkey/client/messages';
import { SignInButtons, useLatchkey, useSession } from '@latchkey/client/react';
import { useEffect, useState } from 'react';

/** @param failure of the sign-in that has led here */
export function App({ failure }: { failure: unknown }) {
  const latchkey = useLatchkey();
  const session = useSession();
  const [error, setError] = useState(failure);
  const [note, setNote] = useState('');

  // What the person wanted before they were asked to confirm who they are has been done by now.
  useEffect(() => {
    latchkey.resumed.then(
      (resumed) => setNote(resumed?.action === 'deleteAccount' ? 'Your account is gone.' : ''),
      setError,
    );
  }, [latchkey]);

  return (
    <>
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      {note !== '' && <p role="status">{note}</p>}
      {session.status === 'loading' && <p>…</p>}
      {session.status === 'failed' && (
        <p role="alert">
          Who you are cannot be known just now. <button onClick={session.retry}>Try again</button>
        </p>
      )}
      {session.status === 'signedOut' && (
        <>
          <h1>Hello, stranger</h1>
          <SignInButtons onError={setError} locale={navigator.language} />
        </>
      )}
      {session.status === 'signedIn' && <Account user={session.user} onError={setError} />}
    </>
  );
}

function Account({ user, onError }: { user: User; onError: (error: unknown) => void }) {
  const latchkey = useLatchkey();
  return (
    <>
      <h1>Hello, {user.displayName}</h1>
      <p>You sign in with {user.identities.map(({ provider }) => provider).join(', ')}.</p>
      <button onClick={() => void latchkey.signOut().catch(onError)}>Sign out</button>
      {/* Asks the person to confirm who they are where it is needed, and goes on by itself. */}
      <button onClick={() => void latchkey.deleteAccount().catch(onError)}>
        Delete my account
      </button>
    </>
  );
}

function sentenceOf(error: unknown): string {
  if (error instanceof LatchkeyError) return errorMessage(error.code, navigator.language);
  return 'Something went wrong. Try again.';
}
