import type { Consent } from './consent.js';
import type { ArmedFaults } from './faults.js';
import type { LedgerBook } from './ledger.js';

/** What the three providers share. */
export interface Parts {
  url: string;
  book: LedgerBook;
  faults: ArmedFaults;
  consent: Consent;
}

/** Routes match exactly, as the real ones do. */
export const exactRoutes = { caseSensitive: true, strict: true } as const;
