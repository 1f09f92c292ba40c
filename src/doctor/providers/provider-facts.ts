import type { ProviderHttp } from '../../auth/provider-http/provider-http.js';
import type { Answer } from '../ask.js';
import type { Judgement } from '../finding.js';

/** What a provider's answer to `tryKeys` means. */
export type Verdict = 'right' | 'wrong-keys' | 'wrong-redirect' | 'wrong-clock' | 'unknown';

/** All that the doctor knows of one provider. `Settings` are those of the provider in the configuration. */
export interface ProviderFacts<Settings> {
  console: {
    /** Where an application is registered: a phrase, with the address. */
    where: string;
    /** What its callback is called there. */
    field: string;
    /** What it needs besides. */
    needs: string;
  };
  /** Whether the URL to which a sign-in sends people names the redirect URI. */
  showsRedirectUri: boolean;
  /** What is asked with GET to see whether the provider is there. Nothing is sent but the request. */
  probeUrl(settings: Settings): string;
  /** What is wrong with the answer to that, which is below 500; null when nothing is. */
  judgeProbe(settings: Settings, answer: Answer): Judgement | null;
  /**
   * Asks whether the provider knows the keys, with the client and the request of a sign-in. Keys go into the signature or
   * the form, never into the URL.
   *
   * @throws what the client throws; ProviderFailure when the provider answers that it refuses
   */
  tryKeys(settings: Settings, redirectUri: string, http: ProviderHttp): Promise<void>;
  /** Whether a provider that accepts `tryKeys` has looked at the redirect URI as well. */
  triesRedirectUri: boolean;
  /** What its machine-readable codes mean, when it refuses. */
  verdicts: Readonly<Record<string, Verdict>>;
  /** What a refusal with 401 means, when it has no such code. */
  unauthorized: Verdict;
}
