import { constants } from 'node:os';

/** The signals that ask the service to stop: a terminal's Ctrl-C, and what supervisors send. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/**
 * Waits for the first signal to stop. The second ends the process at once, with the exit code of a process that a signal
 * has ended.
 */
export function stopSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    let told = false;
    const hear = (signal: StopSignal) => {
      if (told) process.exit(128 + constants.signals[signal]);
      told = true;
      resolve(signal);
    };
    process.on('SIGTERM', hear);
    process.on('SIGINT', hear);
  });
}
