/** Processes that the bench starts, and what the operating system says of them (proc(5)). */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { http } from './client.mjs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']).toString());

/** The fields of /proc/PID/stat from the third on: after the name, which may hold anything. */
function statOf(id) {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function treeOf(root) {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(name)?.[1])]),
  );
  const tree = [root];
  for (const id of tree) {
    for (const [child, parent] of parents) if (parent === id) tree.push(child);
  }
  return tree;
}

/** The processor time that a process, its children and those that have ended have used, in milliseconds. */
export function processorMs(root) {
  let ticks = 0;
  for (const id of treeOf(root)) {
    const stat = statOf(id);
    // utime, stime, cutime, cstime
    if (stat !== null) ticks += stat.slice(11, 15).reduce((sum, value) => sum + Number(value), 0);
  }
  return (ticks * 1000) / TICKS_PER_SECOND;
}

/** The resident memory of a process, in MB (10^6 bytes). */
export function residentMb(id) {
  const kb = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
  return (Number(kb) * 1024) / 1e6;
}

/** A server under test. */
export class Server {
  /**
   * Starts a server, and waits for its first answer with 200.
   *
   * @param {{ node: string, nodeArguments?: string[], script: string, env: Record<string, string>, probe: string, cwd?: string }} how
   */
  static async start({ node, nodeArguments = [], script, env, probe, cwd }) {
    const began = performance.now();
    const child = spawn(node, [...nodeArguments, script], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], ...env },
      cwd,
    });
    for (;;) {
      const answer = await http(probe).catch(() => null);
      if (answer?.status === 200) break;
      if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}.`);
      await wait(5);
    }
    return new Server(child, performance.now() - began);
  }

  constructor(child, startMs) {
    this.child = child;
    this.startMs = startMs;
  }

  get id() {
    return this.child.pid;
  }

  async stop() {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await ended;
  }
}
