import type { Config } from '../config/config.js';
import type { Variables } from '../config/variables.js';
import type { Judgement } from './finding.js';

/** What every check is given. */
export interface Subject {
  readonly config: Config;
  /** The variables that cannot be used; what depends on them is left out of `config`. */
  readonly unusable: ReadonlySet<string>;
  readonly now: Date;
}

/** One kind of thing that is looked at. */
export interface Check {
  /** How its findings are grouped. */
  readonly name: string;
  /** The variables that it judges: when one of them is not usable, it has nothing to look at. */
  readonly needs: readonly (keyof Variables)[];
  /** Whether it asks somebody else: a provider, or the service at PUBLIC_URL. */
  readonly asksOthers: boolean;
  /** Looks. May throw or take for ever: the run holds both. */
  look(subject: Subject): Promise<Judgement[]> | Judgement[];
}
