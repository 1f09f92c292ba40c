/** How bad it is. `broken`: people cannot sign in, or not safely; `warning`: it works, but not the way one may think. */
export type Status = 'ok' | 'warning' | 'broken';

/** One thing that was looked at. It never holds a secret: it is printed. */
export interface Finding {
  /** The group that it belongs to, such as `database`. */
  check: string;
  status: Status;
  /** What was seen, as one sentence. */
  message: string;
  /** What to do, as one sentence; null where nothing is to be done. */
  action: string | null;
}

/** A finding before the run has put the name of its check to it. */
export type Judgement = Omit<Finding, 'check'>;

/** Nothing is wrong; an action is a hint. */
export const ok = (message: string, action: string | null = null): Judgement => ({
  status: 'ok',
  message,
  action,
});

/** It works, but not the way one may think. */
export const warning = (message: string, action: string): Judgement => ({
  status: 'warning',
  message,
  action,
});

/** People cannot sign in, or not safely. */
export const broken = (message: string, action: string): Judgement => ({
  status: 'broken',
  message,
  action,
});
