import { spawnSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** The engine's network that ports can be published of. */
const network = process.env['CONTAINER_NETWORK'] ?? 'bridge';
const [engine, ...engineOptions] = (process.env['CONTAINER_ENGINE'] ?? 'docker').split(' ');

/** As the compose files run it: nothing can be written but /tmp and the volume. */
const strictly = ['--read-only', '--tmpfs=/tmp', '--cap-drop=all'].concat([
  '--security-opt=no-new-privileges',
  '--ulimit=nofile=4096:4096',
  '--ulimit=nproc=4096:4096',
]);

/**
 * Runs the container engine that CONTAINER_ENGINE names, `docker` when it is not set. Returns its exit code, and what it
 * and the container wrote.
 */
export function run(...options) {
  const { status, stdout, stderr, error } = spawnSync(engine, [...engineOptions, ...options], {
    encoding: 'utf8',
  });
  // Without the engine nothing was written.
  if (error) return { status, stdout: '', output: error.message };
  return { status, stdout: stdout.trim(), output: stdout + stderr };
}

/** Runs a container to its end, without any configuration. */
export function runUnconfigured(image) {
  return run('run', '--rm', '--network=host', ...strictly, image);
}

/**
 * Starts a container in the background.
 *
 * @param environment its variables
 * @param mounts files of the host, and where they are in the container
 * @param ports what is published of a network of its own; otherwise it is on the host's, which needs no bridge
 */
export function startContainer({ name, image, environment, mounts = {}, ports = [] }) {
  const options = Object.entries(environment).map(([key, value]) => `--env=${key}=${value}`);
  for (const [file, path] of Object.entries(mounts)) options.push(`--volume=${file}:${path}:ro`);
  options.push(`--network=${ports.length === 0 ? 'host' : network}`);
  for (const port of ports) options.push(`--publish=${port}`);
  const { status, output } = run('run', '-d', '--name', name, ...options, ...strictly, image);
  if (status !== 0) throw new Error(`${name} did not start: ${output}`);
}

/** Waits until a service is ready. Returns how long that took, in milliseconds. */
export async function ready(base, limitMs = 60_000) {
  const began = Date.now();
  for (;;) {
    const isReady = await fetch(`${base}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return Date.now() - began;
    if (Date.now() - began > limitMs) throw new Error(`${base} did not get ready.`);
    await wait(25);
  }
}

/** Says what was seen, and fails when it is not right. */
export function check(what, actual, isRight) {
  if (!isRight(actual)) throw new Error(`${what}: got ${JSON.stringify(actual)}`);
  process.stdout.write(`${what}: ${JSON.stringify(actual)}\n`);
}

export const is = (expected) => (actual) => actual === expected;
