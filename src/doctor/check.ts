import type { Config } from '../config/config.js';
import type { Variables } from '../config/variables.js';

/** `broken`: people cannot sign in, or not safely. `warning`: the service works, but may not do what is expected. */
export type Status = 'ok' | 'warning' | 'broken';

/** What one check found. It is printed, so it never holds a secret. */
export interface Finding {
  /** The group in the report, such as `database`. */
  check: string;
  status: Status;
  /** What was found, as one sentence. */
  message: string;
  /** What to do, as one sentence; null when there is nothing to do. */
  action: string | null;
}

/** A finding of the check that returns it, unless it names another group. */
export type Result = Omit<Finding, 'check'> & Partial<Pick<Finding, 'check'>>;

const result =
  (status: Status) =>
  (message: string, action: string | null = null): Result => ({ status, message, action });

export const ok = result('ok');
export const warning: (message: string, action: string) => Result = result('warning');
export const broken: (message: string, action: string) => Result = result('broken');

/** Replaces what depends on invalid variables. */
export const skipped = (variables: readonly string[]): Result =>
  warning('This was not checked.', `Correct ${variables.join(' and ')}, and run this again.`);

export interface CheckContext {
  readonly config: Config;
  /** The variables that are invalid; `config` is without them. */
  readonly unusable: ReadonlySet<string>;
  readonly now: Date;
}

export interface Check {
  /** The group of its findings. */
  readonly name: string;
  /** The variables that it depends on: the check is skipped when one is invalid. */
  readonly needs: readonly (keyof Variables)[];
  /** Whether it sends requests to the providers. */
  readonly online?: boolean;
  /** May throw, or never settle. */
  run(context: CheckContext): Promise<Result[]> | Result[];
}
