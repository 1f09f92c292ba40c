/**
 * Starts an example: Latchkey with the sandbox providers and a database that is thrown away, then the example's own
 * program. Ctrl-C stops both.
 *
 *     npm run example -- react-spa        (or npm start in its folder)
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import { examples, prepare, service } from './prepare.mjs';

const name = process.argv[2] ?? basename(process.cwd());
const names = JSON.parse(readFileSync(join(examples, 'package.json'), 'utf8')).workspaces;
if (!names.includes(name)) {
  console.error(`Which example? npm run example -- ${names.join(' | ')}`);
  process.exit(1);
}
const folder = join(examples, name);
const { scripts, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
prepare({ packages: dependencies !== undefined });

const scratch = mkdtempSync(join(tmpdir(), 'latchkey-example-'));
/** A secret for each run, where a file says SECRET: none is in the repository. */
const secret = randomBytes(32).toString('base64url');
const settings = (file) =>
  parseEnv(readFileSync(join(folder, file), 'utf8').replaceAll('SECRET', secret));
const latchkey = settings('latchkey.env');
const application = settings('app.env');

const running = new Map();
const stopping = new AbortController();
const isStopping = () => stopping.signal.aborted;

/** Starts a program that ends the example when it ends. */
function start(what, [program, ...args], options) {
  const child = spawn(program, args, options);
  child.on('error', ({ message }) => {
    console.error(`${what} did not start: ${message}`);
    running.delete(what);
    void stop(1, 'SIGTERM');
  });
  child.on('exit', (code) => {
    running.delete(what);
    if (code !== 0 && !isStopping()) console.error(`${what} has ended with code ${code}.`);
    void stop(code ?? 1, 'SIGTERM');
  });
  running.set(what, child);
}

async function stop(code, signal) {
  if (isStopping()) return;
  stopping.abort();
  const ended = [...running.values()].map((child) => once(child, 'exit'));
  // A terminal has sent its SIGINT to all of them.
  if (signal !== 'SIGINT') for (const child of running.values()) child.kill('SIGTERM');
  const patience = setTimeout(() => {
    for (const child of running.values()) child.kill('SIGKILL');
  }, 5000);
  await Promise.all(ended);
  clearTimeout(patience);
  rmSync(scratch, { recursive: true, force: true });
  process.exit(code);
}

/** Waits until something answers, by whatever name browsers have for this machine. */
async function answers(url) {
  const { port, pathname } = new URL(url);
  while (!isStopping()) {
    const answer = await fetch(`http://127.0.0.1:${port}${pathname}`).catch(() => null);
    if (answer !== null) return;
    await wait(100);
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0, signal));

// What the shell has for another Latchkey is not for this one.
const { PATH, HOME } = process.env;
start('Latchkey', [process.execPath, service], {
  cwd: scratch,
  env: { PATH, HOME, LOG_LEVEL: 'warn', ...latchkey, DATABASE_URL: 'file:./latchkey.db' },
  stdio: ['ignore', 'inherit', 'inherit'],
});
await answers(`http://127.0.0.1:${latchkey.PORT}/health/ready`);

if (!isStopping()) {
  const bin = join(examples, 'node_modules', '.bin');
  start(name, scripts.app.split(' '), {
    cwd: folder,
    env: { ...process.env, ...application, PATH: `${bin}${delimiter}${PATH}` },
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
if (application.ORIGIN !== undefined) {
  await answers(application.ORIGIN);
  if (!isStopping())
    console.log(`\nOpen ${application.ORIGIN}\nCtrl-C stops the example and its Latchkey.\n`);
}
