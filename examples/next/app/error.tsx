'use client';

/** Latchkey has not answered: that is not “signed out”, and nobody is sent to sign in. */
export default function Failed({ reset }: { reset: () => void }) {
  return (
    <p role="alert">
      Who you are cannot be known just now. <button onClick={reset}>Try again</button>
    </p>
  );
}
