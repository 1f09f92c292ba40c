import { isAnswerFault } from './answers.js';
import type { FaultGroup, PlannedFault, ProviderDescription } from './provider.js';

/** What can go wrong with any provider's answer to a token request. */
export const tokenFaults = {
  error: 'The provider refuses it',
  timeout: 'No answer at all',
  slow: 'One byte a second',
  malformed: 'An HTML page with status 200',
  redirect: 'A redirect elsewhere',
  huge: 'More than a megabyte',
  '5xx': 'Status 503',
  gzip: 'Packed with gzip, unasked',
} as const;

/** What can go wrong where a profile is asked for. */
export const profileFaults = {
  error: 'The provider has an internal error',
  timeout: 'No answer at all',
  malformed: 'An HTML page with status 200',
} as const;

export const namePartsFault = { name_in_parts: 'The name comes in parts' } as const;

/** Its page cuts a popup off from the page that has opened it, as a provider's may. */
export const consentFault = { cuts_opener: 'The page cuts its opener off' } as const;

/** The account's id is an object where it has to be text. */
export const subjectFault = { subject_object: 'The account id is an object' } as const;

function choicesOf({ step, faults }: FaultGroup) {
  return Object.entries(faults).map(([fault, label]) => ({
    id: isAnswerFault(fault) ? `${step}_${fault}` : fault,
    label,
    plan: { step, fault },
  }));
}

/**
 * The fault behind a value of the consent field `fault`.
 * @returns undefined when this provider has no such fault; `plan` is absent for none
 */
export function planOf(
  { consentFaults }: ProviderDescription,
  id: string,
): { plan?: PlannedFault } | undefined {
  if (id === 'none') return {};
  return consentFaults.flatMap(choicesOf).find((choice) => choice.id === id);
}

/** The choices as the consent page's select shows them. */
export function faultOptions({ consentFaults }: ProviderDescription) {
  return consentFaults.map((group) => ({ label: group.label, options: choicesOf(group) }));
}

/** The fault planned for this step, if it is this step that was to fail. */
export function plannedAt(plan: PlannedFault | undefined, step: string): string | undefined {
  return plan?.step === step ? plan.fault : undefined;
}

/** Faults armed for the next request at a step, first in first out. */
interface ArmedFaults {
  /** @throws RangeError for a fault that could never show there: a test would pass for the wrong reason */
  arm(provider: ProviderDescription, step: string, fault: string, times: number): void;
  take(providerId: string, step: string): string | undefined;
  clear(): void;
}

/** Keeps the armed faults, a queue for each provider and step. */
export function createArmedFaults(): ArmedFaults {
  const queues = new Map<string, string[]>();
  return {
    arm({ id, steps }, step, fault, times) {
      const own = Object.hasOwn(steps, step) ? steps[step] : undefined;
      if (!own || !(isAnswerFault(fault) || Object.hasOwn(own, fault))) {
        throw new RangeError(`${id} has no fault "${fault}" at the step "${step}"`);
      }
      const key = `${id} ${step}`;
      queues.set(key, [...(queues.get(key) ?? []), ...Array<string>(times).fill(fault)]);
    },
    take: (providerId, step) => queues.get(`${providerId} ${step}`)?.shift(),
    clear: () => queues.clear(),
  };
}
