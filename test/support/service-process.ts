import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = process.cwd();

/** The service as its own process, with all that it writes. */
export interface ServiceProcess {
  child: ChildProcess;
  /** What it has written so far, to either stream. */
  output(): string;
  /** Its exit code, once it has ended. */
  exited: Promise<number | null>;
}

/** Builds the service as `npm run build` does, into a folder of this run's own. Returns its main file. */
export function compileService(): { main: string; remove(): void } {
  const parent = join(ROOT, 'node_modules', '.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'latchkey-e2e-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const swc = join(ROOT, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
  const out = ['--out-dir', folder, '--strip-leading-paths', '--copy-files', '--quiet'];
  execFileSync(process.execPath, [swc, 'src', ...out, '--ignore', '**/*.spec.ts'], { cwd: ROOT });
  execFileSync(process.execPath, [join(ROOT, 'build', 'bundle.mjs'), folder], { cwd: ROOT });
  return {
    main: join(folder, 'main.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts the compiled service with an environment and arguments of its own, in an empty folder. */
export function spawnService(
  main: string,
  environment: Record<string, string>,
  args: readonly string[] = [],
): ServiceProcess {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-process-'));
  // A test says when it wants a drain.
  const env = { SHUTDOWN_DRAIN_MS: '0', ...environment };
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const exited = once(child, 'close').then(([code]) => {
    rmSync(folder, { recursive: true, force: true });
    return code as number | null;
  });
  return { child, output: () => text, exited };
}

/** Waits until a service answers that it is ready. Throws with what it has written when it does not in ten seconds. */
export async function ready(url: string, service: ServiceProcess): Promise<void> {
  for (let tries = 0; tries < 200 && service.child.exitCode === null; tries += 1) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.status === 200) return;
    await sleep(50);
  }
  throw new Error(`The service did not get ready:\n${service.output()}`);
}

/** Tells a service to stop, and makes it where it does not listen. Returns its exit code. */
export async function stop(service: ServiceProcess): Promise<number | null> {
  service.child.kill('SIGTERM');
  const patience = setTimeout(() => service.child.kill('SIGKILL'), 4000);
  const code = await service.exited;
  clearTimeout(patience);
  return code;
}

/** A command that has ended. */
export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the compiled service to its end, with nobody at a terminal. */
export async function runCommand(
  main: string,
  environment: Record<string, string>,
  args: readonly string[],
): Promise<Finished> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-command-'));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      written[name] += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  rmSync(folder, { recursive: true, force: true });
  return { code, ...written };
}
