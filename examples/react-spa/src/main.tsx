import { createLatchkey, readError } from '@latchkey/client';
import { LatchkeyProvider } from '@latchkey/client/react';
import { createRoot } from 'react-dom/client';
import { App } from './app';

const latchkey = createLatchkey({ baseUrl: import.meta.env.VITE_LATCHKEY_URL as string });

// How a sign-in that failed has come back: told once, and not again by a reload.
const failure = readError();
if (failure !== null) history.replaceState(null, '', location.pathname);

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <LatchkeyProvider latchkey={latchkey}>
      <App failure={failure} />
    </LatchkeyProvider>,
  );
}
