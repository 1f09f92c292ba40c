import { constants } from 'node:os';

/** The signals that ask the service to stop: a terminal's Ctrl-C, and what supervisors send. */
export type StopSignal = 'SIGINT' | 'SIGTERM';

/**
 * Waits for the first signal to stop. The second ends the process at once, with the exit code of a process that a signal
 * has ended.
 */
export function waitForStopSignal(): Promise<StopSignal> {
  return new Promise((resolve) => {
    let stopping = false;
    const onSignal = (signal: StopSignal) => {
      if (stopping) process.exit(128 + constants.signals[signal]);
      stopping = true;
      resolve(signal);
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}
