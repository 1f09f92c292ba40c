/**
 * Measures Latchkey against the same thing written by hand (bench/peer), both for production, with the same providers and
 * the same client, in turns. What counts is processor time per operation, from the operating system, and its ratio.
 *
 *     npm run bench
 *     npm run bench -- --node PATH --database postgres --rounds 5 --seconds 3
 *     npm run bench -- --only token           what has this in its title
 *     npm run bench -- --profile              CPU profiles of both servers, in bench/profiles
 *     npm run bench -- --sessions 1000000     GET /users/me with that many users and sessions, against a few
 *     npm run bench -- --endurance 10         200 sign-ins at once for minutes; then provider calls that hang
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { compare } from './compare.mjs';
import { endurance } from './endurance.mjs';
import { scale } from './scale.mjs';
import { Setting } from './setting.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    database: { type: 'string', default: 'embedded' },
    rounds: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    sessions: { type: 'string' },
    endurance: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];

execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
const setting = await Setting.create(values);
try {
  if (values.sessions !== undefined) {
    await scale(setting, { sessions: Number(values.sessions), rounds, seconds });
  } else if (values.endurance !== undefined) {
    await endurance(setting, { minutes: Number(values.endurance) });
  } else {
    await compare(setting, { rounds, seconds, profile: values.profile, only: values.only });
  }
} finally {
  await setting.remove();
}
