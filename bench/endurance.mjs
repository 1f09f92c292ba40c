import { drive, http, signIn } from './client.mjs';
import { progress } from './compare.mjs';
import { residentMb } from './server-process.mjs';

const AT_ONCE = 200;

/**
 * Lets many people sign in at once for a while, and looks at the service's own time and memory; then lets provider calls
 * hang, and looks at what somebody who is signed in notices.
 *
 * @param {{ minutes: number }} options how long people sign in
 */
export async function endurance(setting, { minutes }) {
  const target = await setting.startLatchkey();
  const memory = [];
  const provider = ['google', 'twitter', 'facebook'];
  let turn = 0;
  const work = async () => {
    turn += 1;
    return (await signIn(target.base, provider[turn % 3])).ownMs;
  };
  const watch = setInterval(() => {
    memory.push(residentMb(target.server.id));
    progress(`${memory.length} of ${minutes * 6} samples: ${memory.at(-1).toFixed(0)} MB`);
  }, 10_000);
  const done = await drive(work, { seconds: minutes * 60, atATime: AT_ONCE });
  clearInterval(watch);
  progress('');
  print(`${done.count} sign-ins, ${AT_ONCE} at once, in ${minutes} minutes: ${done.errors} errors`);
  if (done.errors > 0) print(`the first: ${done.firstError.message}`);
  print(`the service’s own time of one: p50 ${ms(done.p50)}, p99 ${ms(done.p99)}`);
  print(`resident, MB, every 10 s: ${memory.map((value) => value.toFixed(0)).join(' ')}`);

  const { browser } = await signIn(target.base, 'google');
  await setting.delayProviders(8000);
  const hanging = Array.from({ length: AT_ONCE }, () => signIn(target.base, 'facebook'));
  const headers = { cookie: browser.cookieHeader };
  const read = async () => void (await http(`${target.base}/users/me`, { headers }));
  const asked = await drive(read, { seconds: 6, atATime: 4 });
  print(
    `GET /users/me while ${AT_ONCE} provider calls hang: p50 ${ms(asked.p50)}, p99 ${ms(asked.p99)}`,
  );
  await setting.delayProviders(0);
  const ended = await Promise.allSettled(hanging);
  print(`of those, ${ended.filter(({ status }) => status === 'fulfilled').length} signed in`);
  await target.server.stop();
}

const ms = (value) => `${value.toFixed(1)} ms`;

function print(line) {
  process.stdout.write(`${line}\n`);
}
