import { afterAll, beforeAll, beforeEach, describe, it } from '@jest/globals';
import type { ErrorCode } from '../../src/common/errors/app-error.js';
import { type ProviderId, providerIds } from '../../src/common/provider-id.js';
import type { SandboxFault, SandboxStep } from '../../src/sandbox/sandbox.js';
import { Browser } from '../support/browser.js';
import { expectFailedSignIn } from '../support/failed-sign-in.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;
let member: Browser;

beforeAll(async () => {
  latchkey = await startLatchkey({ PROVIDER_TIMEOUT_MS: '700' });
  member = new Browser(latchkey);
  await member.signIn('facebook', { person: 'grace' });
});

beforeEach(() => latchkey.sandbox.reset());

afterAll(() => latchkey.close());

/** Every way in which an answer can be wrong, and what becomes of the sign-in. */
const wrongAnswers: [SandboxFault, ErrorCode][] = [
  ['error', 'provider_error'],
  ['timeout', 'provider_timeout'],
  ['slow', 'provider_timeout'],
  ['malformed', 'provider_error'],
  ['redirect', 'provider_error'],
  ['5xx', 'provider_error'],
  ['refused', 'provider_error'],
  ['rate_limited', 'provider_error'],
  ['unavailable', 'provider_error'],
];

/** Refusals of X's profile are no failures: see failing-x.e2e-spec.ts. */
const survived: SandboxFault[] = ['error', '5xx', 'refused', 'rate_limited'];

function faultsAt(provider: ProviderId, step: SandboxStep): [SandboxFault, ErrorCode][] {
  if (step === 'token') return wrongAnswers;
  const table = wrongAnswers.filter(
    ([fault]) => provider !== 'twitter' || !survived.includes(fault),
  );
  return [...table, ['subject_object', 'provider_error']];
}

describe.each(providerIds)('%s’s token endpoint', (provider) => {
  it.each(faultsAt(provider, 'token'))('failing with %s ends in %s', async (fault, code) => {
    const arm = () => latchkey.sandbox.failNext(provider, 'token', fault, 2);
    await expectFailedSignIn(latchkey, member, { provider, code, arm });
  });
});

describe.each(['twitter', 'facebook'] as const)('%s’s profile endpoint', (provider) => {
  it.each(faultsAt(provider, 'profile'))('failing with %s ends in %s', async (fault, code) => {
    // A GET that meets a closing connection is sent once more.
    const times = fault === 'unavailable' ? 4 : 2;
    const arm = () => latchkey.sandbox.failNext(provider, 'profile', fault, times);
    await expectFailedSignIn(latchkey, member, { provider, code, arm });
  });
});

describe('an answer that the browser brings', () => {
  it.each<[ProviderId, string, ErrorCode]>([
    ['google', 'server_error', 'provider_error'],
    ['google', 'subject_object', 'provider_error'],
    ['google', 'consent_required', 'login_required'],
    ['twitter', 'suspended', 'access_denied'],
    ['twitter', 'locked', 'access_denied'],
    ['facebook', 'server_error', 'provider_error'],
    ['facebook', 'error_message', 'provider_error'],
    ['facebook', 'subject_object', 'provider_error'],
    ['twitter', 'subject_object', 'provider_error'],
  ])('of %s with %s ends in %s', async (provider, fault, code) => {
    await expectFailedSignIn(latchkey, member, { provider, code, consent: { fault } });
  });

  it.each(providerIds)('of %s that the person declined ends in access_denied', async (provider) => {
    const consent = { decision: 'deny' } as const;
    await expectFailedSignIn(latchkey, member, { provider, code: 'access_denied', consent });
  });
});
