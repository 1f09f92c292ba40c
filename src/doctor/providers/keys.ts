import type { ProviderId } from '../../common/provider-id.js';
import { clientIdVariable, clientSecretVariable } from '../../config/providers.js';
import { broken, type Judgement, ok, warning } from '../finding.js';
import type { ProviderDefinition, Refusal } from '../../providers/provider.js';
import { providers } from '../../providers/registry.js';

/** What a provider said to a request that only right keys let through. */
export interface KeyAnswer {
  id: ProviderId;
  label: string;
  /** The exact redirect URI that was sent. */
  redirectUri: string;
  /** The HTTP status; null without an answer that could be read. */
  status: number | null;
  /** The provider's machine-readable code: an OAuth 2.0 error, or a number. Null when it accepted the request. */
  code: string | null;
}

/** Judges a provider's keys, and its redirect URI where the provider tells. */
export function judgeKeys({ id, label, redirectUri, status, code }: KeyAnswer): Judgement {
  const verdict = verdictOf(id, status, code);
  const keys = `${clientIdVariable(id)} and ${clientSecretVariable(id)}`;
  const seen = [status ?? 'no usable answer', code].filter((part) => part !== null).join(', ');
  const judgements: Readonly<Record<Refusal | 'unknown', Judgement>> = {
    'right-keys': ok(
      `${label} accepts the keys${providers[id].protocol === 'OAuth 1.0a' ? ' and the redirect URI' : ''}.`,
    ),
    'wrong-keys': broken(
      `${label} refuses the keys (${seen}).`,
      `Copy ${keys} again from the console; a secret that was made anew there ends the old one.`,
    ),
    'wrong-redirect': broken(
      `${label} does not know the redirect URI ${redirectUri}.`,
      'Register exactly this in the console, or correct PUBLIC_URL.',
    ),
    'wrong-clock': broken(
      `${label} refuses the time of the request.`,
      'Let the system keep its time by NTP (systemd-timesyncd or chrony).',
    ),
    unknown: warning(
      `${label} did not tell whether the keys are right (${seen}).`,
      'Sign in once to see; run this again later.',
    ),
  };
  return judgements[verdict];
}

/** What an answer means: the request was accepted, or the provider says why not. */
function verdictOf(
  id: ProviderId,
  status: number | null,
  code: string | null,
): Refusal | 'unknown' {
  const definition: Pick<
    ProviderDefinition<object>,
    'errorCodes' | 'unauthorizedMeansWrongKeys'
  > = providers[id];
  if (status !== null && status >= 200 && status < 300 && code === null) return 'right-keys';
  const byStatus =
    status === 401 && definition.unauthorizedMeansWrongKeys ? 'wrong-keys' : 'unknown';
  return definition.errorCodes[code ?? ''] ?? byStatus;
}
