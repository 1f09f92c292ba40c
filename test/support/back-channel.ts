import type { SandboxRequest } from '../../src/sandbox/core/request-log.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';

const FRONT_CHANNEL = /\/(?:consent|auth|authenticate|authorize|oauth)$/;

/** What the service itself has asked of the providers, without what browsers did there. */
export function backChannel({ requests }: Pick<Sandbox, 'requests'>): SandboxRequest[] {
  return requests.filter(({ path }) => !FRONT_CHANNEL.test(path));
}
