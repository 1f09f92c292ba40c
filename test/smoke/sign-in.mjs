/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-call, typescript/no-unsafe-member-access -- plain JavaScript outside the TypeScript project: nothing here has a type */
/**
 * Signs in with all three providers at a running service, through its sandbox, as a browser would: plain HTTP, and a
 * cookie jar. It waits until the service is ready, needs nothing but Node, and proves that what the README's first line
 * starts can be used.
 *
 *     node test/smoke/sign-in.mjs [http://localhost:3000]
 */
import { setTimeout as wait } from 'node:timers/promises';

const base = process.argv[2] ?? 'http://localhost:3000';

/** A person for each provider: the same address twice would ask for the accounts to be linked. */
const people = {
  google: { key: 'ada', name: 'Ada Lovelace' },
  twitter: { key: 'grace', name: 'Grace Hopper' },
  facebook: { key: 'margaret', name: 'Margaret Hamilton' },
};

/** A browser: it keeps the service's cookies, and shows every redirect instead of following it. */
function createBrowser() {
  const cookies = new Map();
  return async (target, init = {}) => {
    // Node's fetch says `cors` of all that it sends, which no link does: pages are asked for as a plain client does.
    const site = init.method === undefined ? {} : { 'Sec-Fetch-Site': 'same-origin' };
    const headers = { Accept: 'text/html', ...site, ...init.headers };
    if (cookies.size > 0) {
      headers.Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    }
    const answer = await fetch(new URL(target, base), { redirect: 'manual', ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';', 1);
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
}

/** Waits for the service: a first start may have to build it. */
async function waitUntilReady(seconds = 120) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const status = await fetch(`${base}/health/ready`).then(
      (answer) => answer.status,
      () => 'no answer',
    );
    if (status === 200) return;
    if (Date.now() > deadline) throw new Error(`Not ready after ${seconds} s: ${status}`);
    await wait(250);
  }
}

/** Fails with what was expected and what came. */
function check(what, actual, expected) {
  if (actual !== expected) throw new Error(`${what}: expected ${expected}, got ${actual}`);
}

/** Answers the sandbox's consent page. Returns where the browser is sent then. */
async function consent(authorizeUrl, person) {
  const question = await fetch(authorizeUrl, { headers: { Accept: 'application/json' } });
  check(`consent page of ${new URL(authorizeUrl).pathname}`, question.status, 200);
  const { request, action } = await question.json();
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    body: new URLSearchParams({ request, person, decision: 'allow' }),
    redirect: 'manual',
  });
  check('consent', answer.status, 303);
  return answer.headers.get('location');
}

async function signInAndOut(provider, { key, name }) {
  const go = createBrowser();
  const page = await (await go('/')).text();
  check('button on the sign-in page', page.includes(`/auth/${provider}`), true);

  const start = await go(`/auth/${provider}`);
  check('start', start.status, 302);
  const callback = await go(await consent(start.headers.get('location'), key));
  // Facebook leaves a fragment behind, which an empty one ends.
  const landing = callback.headers.get('location')?.replace(/#$/, '');
  check('callback', `${callback.status} ${landing}`, '302 /account');

  const account = await go('/account');
  check('account page', account.status, 200);
  check(`${name} on the account page`, (await account.text()).includes(name), true);

  check('sign-out', (await go('/auth/logout', { method: 'POST' })).status, 303);
  check('account page afterwards', (await go('/account')).status, 302);
}

await waitUntilReady();
for (const [provider, person] of Object.entries(people)) {
  await signInAndOut(provider, person);
  process.stdout.write(`${provider}: signed in as ${person.name}, and out\n`);
}
