import type { ProviderId } from '../../common/provider-id.js';
import { clientIdVariable, clientSecretVariable } from '../../config/provider-variables.js';
import { broken, type Judgement, ok, warning } from '../finding.js';

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

type Verdict = 'right' | 'wrong-keys' | 'wrong-redirect' | 'wrong-clock' | 'unknown';

/**
 * What each provider's codes mean here. Google looks at the client before the code (RFC 6749 §5.2), so that
 * `invalid_grant` for a code that never was says that the client is right. X: 32 and 89 are bad signatures, 135 a
 * timestamp, 415 the callback (docs.x.com, "Response codes"). Facebook: 101 is an unknown app, 1 a wrong secret, 191 the
 * redirect URI, 100 the code.
 */
const VERDICTS: Readonly<Record<ProviderId, Readonly<Record<string, Verdict>>>> = {
  google: {
    invalid_grant: 'right',
    invalid_client: 'wrong-keys',
    unauthorized_client: 'wrong-keys',
    redirect_uri_mismatch: 'wrong-redirect',
  },
  twitter: {
    '32': 'wrong-keys',
    '89': 'wrong-keys',
    '135': 'wrong-clock',
    '415': 'wrong-redirect',
  },
  facebook: { '100': 'right', '101': 'wrong-keys', '1': 'wrong-keys', '191': 'wrong-redirect' },
};

/** Judges a provider's keys, and its redirect URI where the provider tells. */
export function judgeKeys({ id, label, redirectUri, status, code }: KeyAnswer): Judgement {
  const accepted = status !== null && status >= 200 && status < 300;
  const verdict = accepted ? 'right' : (VERDICTS[id][code ?? ''] ?? byStatus(id, status));
  const keys = `${clientIdVariable(id)} and ${clientSecretVariable(id)}`;
  const seen = [status ?? 'no usable answer', code].filter((part) => part !== null).join(', ');
  const judgements: Readonly<Record<Verdict, Judgement>> = {
    right: ok(`${label} accepts the keys${id === 'twitter' ? ' and the redirect URI' : ''}.`),
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

/** X answers some refusals with a status alone. */
function byStatus(id: ProviderId, status: number | null): Verdict {
  return status === 401 && id !== 'facebook' ? 'wrong-keys' : 'unknown';
}
