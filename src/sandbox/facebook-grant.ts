import type { PlannedFault } from './consent-faults.js';
import type { ArmedFaults } from './faults.js';
import type { Ledger } from './ledger.js';
import type { Person } from './people.js';
import type { SandboxClient } from './types.js';

/** What somebody allowed: carried by the code, then by the access token. */
export interface FacebookGrant {
  person: Person;
  scopes: readonly string[];
  redirectUri: string;
  challenge: string | undefined;
  plan: PlannedFault | undefined;
}

/** What the dialog, the token endpoint and Graph share. */
export interface FacebookContext {
  client: SandboxClient;
  faults: ArmedFaults;
  codes: Ledger<FacebookGrant>;
  tokens: Ledger<FacebookGrant>;
}

/** Graph paths take any version, or none. */
export const versioned = (path: string): RegExp => new RegExp(String.raw`^(?:/v\d+\.\d+)?${path}$`);

/**
 * About 60 days, as a token that a server gets is good for; the number is that of the sample at
 * https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived
 */
export const accessTokenSeconds = 5_183_944;
