import type { SandboxFault, SandboxStep } from './faults.js';
import { hasIdToken, playedProviders, providers, type SandboxProvider } from './provider.js';

/** What a person chose on the consent page: it follows this one attempt through its code and its token. */
export type PlannedFault =
  | { step: SandboxStep; fault: SandboxFault }
  | { step: 'login'; fault: 'server_error' | 'error_message' };

interface Choice {
  label: string;
  providers: readonly SandboxProvider[];
  plan: PlannedFault;
}

const everyone = playedProviders;
const oauth2 = everyone.filter((id) => providers[id].protocol !== 'OAuth 1.0a');
const oidc = everyone.filter(hasIdToken);
/** The profile is the ID token where there is one: a service has no profile request there that could fail. */
const withProfile = everyone.filter((id) => !hasIdToken(id));
// What only X or only Facebook does.
const twitter = ['twitter'] as const;
const facebook = ['facebook'] as const;

const at = (
  step: SandboxStep,
  fault: SandboxFault,
  who: readonly SandboxProvider[],
  label: string,
): Choice => ({ label, providers: who, plan: { step, fault } });

const choices = {
  server_error: {
    label: 'Come back with error=server_error',
    providers: oauth2,
    plan: { step: 'login', fault: 'server_error' },
  },
  error_message: {
    label: 'Come back with error_code and error_message only',
    providers: facebook,
    plan: { step: 'login', fault: 'error_message' },
  },
  token_error: at('token', 'error', everyone, 'The provider refuses it'),
  token_timeout: at('token', 'timeout', everyone, 'No answer at all'),
  token_slow: at('token', 'slow', everyone, 'One byte a second'),
  token_malformed: at('token', 'malformed', everyone, 'An HTML page with status 200'),
  token_redirect: at('token', 'redirect', everyone, 'A redirect elsewhere'),
  token_huge: at('token', 'huge', everyone, 'More than a megabyte'),
  token_5xx: at('token', '5xx', everyone, 'Status 503'),
  id_token_missing: at('token', 'id_token_missing', oidc, 'No ID token'),
  id_token_unsigned: at('token', 'id_token_unsigned', oidc, 'Unsigned (alg none)'),
  id_token_hs256: at('token', 'id_token_hs256', oidc, 'HS256 with the public key as secret'),
  id_token_bad_signature: at('token', 'id_token_bad_signature', oidc, 'Signature does not match'),
  id_token_wrong_audience: at('token', 'id_token_wrong_audience', oidc, 'Made for another app'),
  id_token_wrong_azp: at('token', 'id_token_wrong_azp', oidc, 'Another authorised party (azp)'),
  id_token_wrong_issuer: at('token', 'id_token_wrong_issuer', oidc, 'Another issuer'),
  id_token_expired: at('token', 'id_token_expired', oidc, 'Expired'),
  id_token_future: at('token', 'id_token_future', oidc, 'Issued in the future'),
  id_token_wrong_nonce: at('token', 'id_token_wrong_nonce', oidc, 'Wrong nonce'),
  id_token_no_nonce: at('token', 'id_token_no_nonce', oidc, 'No nonce'),
  id_token_old_authentication: at(
    'token',
    'id_token_old_authentication',
    oidc,
    'Signed in an hour ago',
  ),
  profile_error: at('profile', 'error', withProfile, 'The provider has an internal error'),
  profile_refused: at('profile', 'refused', twitter, 'Not in the app’s plan (403, code 453)'),
  profile_rate_limited: at('profile', 'rate_limited', twitter, 'Too many requests (429)'),
  profile_timeout: at('profile', 'timeout', withProfile, 'No answer at all'),
  profile_malformed: at('profile', 'malformed', withProfile, 'An HTML page with status 200'),
} as const satisfies Record<string, Choice>;

/** The value of the consent field `fault`. */
export type ConsentFault = 'none' | 'subject_object' | keyof typeof choices;

const table = new Map<string, Choice>(Object.entries(choices));

function subjectObject(provider: SandboxProvider): PlannedFault {
  return { step: hasIdToken(provider) ? 'token' : 'profile', fault: 'subject_object' };
}

function groupOf(provider: SandboxProvider, id: string, step: PlannedFault['step']): string {
  if (step === 'login') return 'On the way back';
  if (id.startsWith('id_token')) return 'In the ID token';
  if (step === 'profile') return 'When the profile is asked for';
  return providers[provider].protocol === 'OAuth 1.0a'
    ? 'When the verifier is exchanged for a token'
    : 'When the code is exchanged for a token';
}

/** `undefined` when this provider knows no such fault; `plan` is absent for none. */
export function planOf(
  provider: SandboxProvider,
  id: string,
): { plan: PlannedFault | undefined } | undefined {
  if (id === 'none') return { plan: undefined };
  if (id === 'subject_object') return { plan: subjectObject(provider) };
  const choice = table.get(id);
  return choice?.providers.includes(provider) ? { plan: choice.plan } : undefined;
}

interface FaultGroup {
  label: string;
  options: { id: string; label: string }[];
}

/** The choices that make sense at one provider, as the select shows them. */
export function faultGroups(provider: SandboxProvider): FaultGroup[] {
  const groups = new Map<string, FaultGroup>();
  const add = (group: string, id: string, label: string): void => {
    const known = groups.get(group) ?? { label: group, options: [] };
    known.options.push({ id, label });
    groups.set(group, known);
  };
  for (const [id, choice] of table) {
    if (choice.providers.includes(provider)) {
      add(groupOf(provider, id, choice.plan.step), id, choice.label);
    }
  }
  const id = 'subject_object';
  const group = hasIdToken(provider) ? 'id_token' : id;
  add(groupOf(provider, group, subjectObject(provider).step), id, 'The account id is an object');
  return [...groups.values()];
}

/** The fault planned for this step, if it is this step that was to fail. */
export function plannedAt(
  plan: PlannedFault | undefined,
  step: SandboxStep,
): SandboxFault | undefined {
  return plan && plan.step !== 'login' && plan.step === step ? plan.fault : undefined;
}
