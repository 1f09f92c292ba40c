import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** What of the machine the command asks or enters stands in a folder at the front of its PATH. */
const folder = mkdtempSync(join(tmpdir(), 'latchkey-systemd-'));
const PATH = `${folder}:${process.env['PATH']}`;
const entered = join(folder, 'entered');

function command(name: string, contents: string): void {
  writeFileSync(join(folder, name), contents, { mode: 0o755 });
}

/** What the service's process has, and what a command that it runs as is to have. */
const environment = {
  PATH,
  SESSION_SECRET: 'canary-session-secret, with "quotes" and $PATH',
  GOOGLE_CLIENT_SECRET: 'canary\nof two lines=and a sign',
  EMPTY: '',
};

interface Seen {
  /** The arguments of the process, as everybody on the machine may read them. */
  cmdline: string;
  env: Record<string, string>;
  open: string[];
}

let service: ChildProcess;

beforeAll(() => {
  service = spawn('sleep', ['600'], { env: environment });
  command('systemctl', `#!/bin/sh\necho ${service.pid}\n`);
  command('id', '#!/bin/sh\necho 12345\n');
  command(
    'nsenter',
    `#!/bin/bash\ntr '\\0' '\\n' </proc/$$/cmdline >${entered}\nwhile [ "$1" != env ]; do shift; done\nexec "$@"\n`,
  );
  command(
    'node',
    `#!${process.execPath}
const { readdirSync, readFileSync, readlinkSync } = require('node:fs');
const files = readdirSync('/proc/self/fd').flatMap((fd) => {
  try { return [readlinkSync('/proc/self/fd/' + fd)]; } catch { return []; }
});
console.log(JSON.stringify({
  cmdline: readFileSync('/proc/self/cmdline', 'utf8'),
  env: process.env,
  open: files,
}));
`,
  );
});

afterAll(() => {
  service.kill();
  rmSync(folder, { recursive: true });
});

function run(...options: string[]) {
  return spawnSync('bash', ['deploy/latchkey', ...options], {
    encoding: 'utf8',
    env: { PATH, ROOTS_OWN: 'canary-of-root' },
  });
}

describe('the command line under systemd', () => {
  it('has the environment of the service, and nothing of who calls it', () => {
    const { status, stdout, stderr } = run('users', 'find', 'Ada L');
    expect([status, stderr]).toEqual([0, '']);
    const { cmdline, env, open } = JSON.parse(stdout) as Seen;
    expect(cmdline.split('\0').slice(2, -1)).toEqual(['dist/main.js', 'users', 'find', 'Ada L']);
    expect(env).toMatchObject(environment);
    expect(env).not.toHaveProperty('ROOTS_OWN');
    expect(open.filter((file) => file.includes('environ'))).toEqual([]);
  });

  it('puts nothing of it into the arguments of a process', () => {
    const { cmdline } = JSON.parse(run('doctor').stdout) as Seen;
    const arguments_ = readFileSync(entered, 'utf8');
    expect(arguments_).toContain(`--target\n${service.pid}\n`);
    expect(arguments_).toContain('--setuid\n12345\n');
    expect(arguments_ + cmdline).not.toMatch(/canary|SECRET|EMPTY/);
  });

  it('enters as root with root’s environment: the service’s is for its own user alone', () => {
    run('doctor');
    // What is put in place before the user is changed would be loaded as root.
    expect(readFileSync(entered, 'utf8')).toMatch(/\nenv\n-i\nbash\n--norc\n/);
  });

  it('says so where the service does not run', () => {
    command('systemctl', '#!/bin/sh\necho 0\n');
    const { status, stderr } = run('doctor');
    expect([status, stderr]).toEqual([1, expect.stringContaining('does not run')]);
  });
});
