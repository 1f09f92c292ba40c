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
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseEnv, stripVTControlCharacters } from 'node:util';
import { isFree, takeTurn } from './ports.mjs';
import { examples, prepare, service } from './prepare.mjs';

const name = process.argv[2] ?? basename(process.cwd());
const names = JSON.parse(readFileSync(join(examples, 'package.json'), 'utf8')).workspaces;
if (!names.includes(name)) {
  console.error(`Which example? npm run example -- ${names.join(' | ')}`);
  process.exit(1);
}
const folder = join(examples, name);
const { scripts, dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** A secret for each run, where a file says SECRET: none is in the repository. */
const secret = randomBytes(32).toString('base64url');
const settings = (file) =>
  parseEnv(readFileSync(join(folder, file), 'utf8').replaceAll('SECRET', secret));
const latchkey = settings('latchkey.env');
const application = settings('app.env');

const endTurn = await takeTurn();
for (const port of portsOf(latchkey, application)) {
  if (await isFree(port)) continue;
  const why = `${name} is running already, or something else has the port`;
  console.error(`Port ${port} is taken: ${why}. Stop that, and start it again.`);
  process.exit(1);
}
prepare({ packages: dependencies !== undefined });
const scratch = mkdtempSync(join(tmpdir(), 'latchkey-example-'));

const running = new Map();
const stopping = new AbortController();
const isStopping = () => stopping.signal.aborted;

/** Where the example and its Latchkey listen. */
function portsOf({ PORT, SANDBOX_PORT }, { ORIGIN, DASHBOARD }) {
  const addresses = [ORIGIN, DASHBOARD && `http://${DASHBOARD}`];
  const ports = addresses.flatMap((address) => address ?? []).map((url) => new URL(url).port);
  return [PORT, SANDBOX_PORT, ...ports].map(Number);
}

/** What a program says of its own: the address to open is another one, and the sandbox is what an example is about. */
const OF_ITS_OWN = /^\W*(?:Local|Network):|: The sandbox providers are on,/;

/** Passes on what a program prints, line by line, but for that. */
function passOn(output) {
  createInterface({ input: output }).on('line', (line) => {
    if (!OF_ITS_OWN.test(stripVTControlCharacters(line))) console.log(line);
  });
}

/** Starts a program that ends the example when it ends. */
function start(what, [program, ...args], options) {
  const child = spawn(program, args, options);
  if (child.stdout !== null) passOn(child.stdout);
  child.on('error', ({ message }) => {
    console.error(`${what} did not start: ${message}`);
    running.delete(what);
    void stop(1, 'SIGTERM');
  });
  child.on('close', (code) => {
    running.delete(what);
    if (code !== 0 && !isStopping()) console.error(`${what} has ended with code ${code}.`);
    void stop(code ?? 1, 'SIGTERM');
  });
  running.set(what, child);
}

async function stop(code, signal) {
  if (isStopping()) return;
  stopping.abort();
  const ended = [...running.values()].map((child) => once(child, 'close'));
  // A terminal has sent its SIGINT to all of them.
  if (signal !== 'SIGINT') for (const child of running.values()) child.kill('SIGTERM');
  const patience = setTimeout(() => {
    for (const child of running.values()) {
      child.kill('SIGKILL');
      // Its own children may have it open.
      child.stdout?.destroy();
    }
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
  stdio: ['ignore', 'pipe', 'inherit'],
});
await answers(`http://127.0.0.1:${latchkey.PORT}/health/ready`);
endTurn();

if (!isStopping()) {
  const bin = join(examples, 'node_modules', '.bin');
  start(name, scripts.app.split(' '), {
    cwd: folder,
    env: { ...process.env, ...application, PATH: `${bin}${delimiter}${PATH}` },
    // One that has no page talks to whoever is at the terminal.
    stdio: ['inherit', application.ORIGIN === undefined ? 'inherit' : 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
}
if (application.ORIGIN !== undefined) {
  await answers(application.ORIGIN);
  if (!isStopping())
    console.log(`\nOpen ${application.ORIGIN}\nCtrl-C stops the example and its Latchkey.\n`);
}
