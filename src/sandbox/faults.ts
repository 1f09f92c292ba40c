import { hasIdToken, type SandboxProvider } from './provider.js';

/** Ways in which any back-channel answer can go wrong. */
const answerFaults = [
  'error',
  'timeout',
  'slow',
  'malformed',
  'redirect',
  'huge',
  'gzip_bomb',
  '5xx',
  'refused',
  'rate_limited',
  'unavailable',
] as const;

/** Ways in which only an ID token can go wrong. */
const idTokenFaults = [
  'id_token_unsigned',
  'id_token_hs256',
  'id_token_wrong_audience',
  'id_token_wrong_issuer',
  'id_token_wrong_azp',
  'id_token_expired',
  'id_token_future',
  'id_token_wrong_nonce',
  'id_token_no_nonce',
  'id_token_old_authentication',
  'id_token_bad_signature',
  'id_token_missing',
] as const;

/**
 * Every fault that can be armed. `callback_unconfirmed` is OAuth 1.0a's (RFC 5849 §2.1); `subject_object` has an object
 * for the account's id.
 */
export const sandboxFaults = [
  ...answerFaults,
  ...idTokenFaults,
  'callback_unconfirmed',
  'subject_object',
] as const;

/** Requests that can be made to fail; 'access_token' is X's name for 'token'. */
export const sandboxSteps = [
  'discovery',
  'jwks',
  'request_token',
  'token',
  'access_token',
  'profile',
] as const;

/** A fault of the answer as a whole: it is sent instead of a good one. */
export type AnswerFault = (typeof answerFaults)[number];
/** A fault that can be armed, by its name in tests and at `POST /sandbox/fail-next`. */
export type SandboxFault = (typeof sandboxFaults)[number];
/** Which of a service's requests to a provider is to fail. */
export type SandboxStep = (typeof sandboxSteps)[number];

const stepsOf: Record<SandboxProvider, readonly SandboxStep[]> = {
  google: ['discovery', 'jwks', 'token', 'profile'],
  twitter: ['request_token', 'token', 'profile'],
  facebook: ['token', 'profile'],
};

function sameStep(step: SandboxStep): SandboxStep {
  return step === 'access_token' ? 'token' : step;
}

/** Tells a fault that replaces the answer from one that hides in a good answer. */
export function isAnswerFault(fault: SandboxFault): fault is AnswerFault {
  return answerFaults.some((known) => known === fault);
}

/** A fault that could never show would make a test pass for the wrong reason, so it is refused. */
function isPossible(provider: SandboxProvider, step: SandboxStep, fault: SandboxFault): boolean {
  const at = sameStep(step);
  if (!stepsOf[provider].includes(at) || (step === 'access_token' && provider !== 'twitter')) {
    return false;
  }
  if (idTokenFaults.some((known) => known === fault)) return hasIdToken(provider) && at === 'token';
  if (fault === 'callback_unconfirmed') return at === 'request_token';
  if (fault === 'subject_object') return at === (hasIdToken(provider) ? 'token' : 'profile');
  return true;
}

/** Faults armed for the next request at a step, first in first out. */
export interface ArmedFaults {
  arm(provider: SandboxProvider, step: SandboxStep, fault: SandboxFault, times?: number): void;
  take(provider: SandboxProvider, step: SandboxStep): SandboxFault | undefined;
  clear(): void;
}

function keyOf(provider: SandboxProvider, step: SandboxStep): string {
  return `${provider} ${sameStep(step)}`;
}

/**
 * Keeps the armed faults, a queue for each provider and step.
 * @returns `arm` throws RangeError for a fault that could never show there
 */
export function createArmedFaults(): ArmedFaults {
  const queues = new Map<string, SandboxFault[]>();
  return {
    arm(provider, step, fault, times = 1) {
      if (!isPossible(provider, step, fault)) {
        throw new RangeError(`${provider} has no fault "${fault}" at the step "${step}"`);
      }
      const key = keyOf(provider, step);
      const armed = Array.from({ length: times }, () => fault);
      queues.set(key, [...(queues.get(key) ?? []), ...armed]);
    },
    take: (provider, step) => queues.get(keyOf(provider, step))?.shift(),
    clear: () => queues.clear(),
  };
}
