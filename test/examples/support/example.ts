import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, newProfile } from '../../browser/support/chromium.js';

/** An example as somebody runs it at a terminal. */
export interface Example {
  /** What it has printed so far. */
  output(): string;
  /** Waits until it has printed something. Returns the first match, or its group. */
  printed(pattern: RegExp): Promise<string>;
  /** Types a line. */
  type(line: string): void;
  /** Its exit code, or the signal that has ended it, once all that it has started has ended too. */
  exited: Promise<Exit>;
  /** Ctrl-C. */
  interrupt(): Promise<Exit>;
}

type Exit = number | NodeJS.Signals;

/** Starts an example by the command that its README names. */
export function startExample(name: string): Example {
  const child = spawn('npm', ['start'], {
    cwd: join('examples', name),
    // A terminal's signal reaches the whole group.
    detached: true,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const exited = once(child, 'close').then(([code, signal]) => (code ?? signal) as Exit);
  return {
    output: () => text,
    async printed(pattern) {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
        const [whole, group] = pattern.exec(text) ?? [];
        if (whole !== undefined) return group ?? whole;
        if (child.exitCode !== null) break;
      }
      throw new Error(`The example ${name} did not print ${String(pattern)}:\n${text}`);
    },
    type: (line) => child.stdin.write(`${line}\n`),
    exited,
    interrupt: () => interrupt(child, exited),
  };
}

async function interrupt(
  child: ChildProcessWithoutNullStreams,
  exited: Promise<Exit>,
): Promise<Exit> {
  const group = -(child.pid ?? 0);
  if (child.exitCode !== null) return exited;
  process.kill(group, 'SIGINT');
  const patience = setTimeout(() => process.kill(group, 'SIGKILL'), 10_000);
  const code = await exited;
  clearTimeout(patience);
  return code;
}

/** A tab of a person who is new to the example. */
export interface Visit {
  page: Page;
}

/** Chromium, and a profile of its own for each test. */
export function visits(): Visit {
  const visit = {} as Visit;
  let chromium: Browser;
  beforeAll(async () => {
    chromium = await launchChromium();
  });
  beforeEach(async () => {
    visit.page = await (await newProfile(chromium)).newPage();
  });
  afterEach(() => visit.page.context().close());
  afterAll(() => chromium.close());
  return visit;
}

/** An example that runs while the tests of a file do, and the address that it prints. */
export function running(name: string): { url: string } {
  const example = { url: '' };
  let process: Example;
  beforeAll(async () => {
    process = startExample(name);
    example.url = await process.printed(/^Open (\S+)$/m);
  });
  afterAll(async () => {
    // No other address than the one to open, and no warning.
    expect(new Set(process.output().match(/https?:\/\/[^\s/]+/g))).toEqual(new Set([example.url]));
    expect(process.output()).not.toMatch(/warn/i);
    // npm ends by the signal itself; a program that does not stop is killed.
    expect([0, 'SIGINT']).toContain(await process.interrupt());
  });
  return example;
}

/** An address, whole and nothing else. */
export function exactly(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(/[.?*+]/g, '\\$&')}$`);
}
