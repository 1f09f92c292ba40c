/** Signs somebody in at the command line: by the system's browser, and a code that comes back to this machine (RFC 8252). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { createLatchkeyNative, LatchkeyError } from '@latchkey/client/native';
import { errorMessage } from '@latchkey/client/messages';
import { listenForAnswer } from './loopback.mjs';

const latchkey = createLatchkeyNative({ baseUrl: process.env.LATCHKEY_URL });
const [provider = 'google'] = process.argv.slice(2);

try {
  const token = await signIn();
  const { displayName } = await latchkey.user(token);
  console.log(`\nHello, ${displayName}.`);
  await untilEnter('Press Enter to sign out. ');
  await latchkey.signOut(token);
  console.log('Signed out.');
} catch (error) {
  if (!(error instanceof LatchkeyError)) throw error;
  console.error(`\n${errorMessage(error.code)} (${error.code})`);
  process.exitCode = 1;
}

/** Returns the session's token. A program that keeps it does so in the system's keychain, and never in a plain file. */
async function signIn() {
  const listener = await listenForAnswer();
  const begun = await latchkey.begin(provider, { target: listener.target });
  console.log(`\nSign in here, if your browser does not open by itself:\n\n${begun.url}\n`);
  if (process.stdout.isTTY) await openBrowser(begun.url);
  const address = await listener.answerTo(begun.state);
  const { sessionToken } = await latchkey.finish(begun, address);
  return sessionToken;
}

/** The system's browser, never a web view: there this program would see what the person types. */
async function openBrowser(url) {
  const [program, ...args] = {
    darwin: ['open'],
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  }[process.platform] ?? ['xdg-open'];
  const browser = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
  // There may be none: the address has been printed.
  await once(browser, 'spawn').catch(() => {});
  browser.unref();
}

async function untilEnter(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  await terminal.question(question);
  terminal.close();
}
