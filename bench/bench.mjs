/**
 * Measures Latchkey against the same thing written by hand (bench/peer), both for production, with the same providers and
 * the same client, in turns. What counts is processor time per operation, from the operating system, and its ratio.
 *
 *     npm run bench
 *     npm run bench -- --node PATH --database postgres --rounds 5 --seconds 3
 *     npm run bench -- --profile             CPU profiles of both servers, in ./bench/profiles
 *     npm run bench -- --sessions 1000000    GET /users/me with that many users and sessions, against an empty database
 *     npm run bench -- --load                200 sign-ins at once for ten minutes; hanging providers; an hour of load
 */
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { compare } from './compare.mjs';
import { Setting } from './setting.mjs';

const { values } = parseArgs({
  options: {
    node: { type: 'string', default: process.execPath },
    database: { type: 'string', default: 'embedded' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    sessions: { type: 'string' },
    profile: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

if (!values['no-build']) execFileSync('npm', ['run', 'build'], { stdio: 'ignore' });
const setting = await Setting.create(values);
try {
  await compare(setting, {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    profile: values.profile,
  });
} finally {
  await setting.remove();
}
