import { AppError } from './errors/app-error.js';
import { parameterOf } from './http/parameter.js';

/** Printable ASCII, of which every character is one byte: it has to fit into the attempt's cookie beside an address. */
const STATE = /^[\x20-\x7e]{1,256}$/;

function isCallerState(value: unknown): value is string {
  return typeof value === 'string' && STATE.test(value);
}

/** The `state` that a request has; null without one, or where it is not acceptable. */
export function callerStateIn(request: Parameters<typeof parameterOf>[0]): string | null {
  const value = parameterOf(request, 'state');
  return isCallerState(value) ? value : null;
}

/**
 * The `state` of whoever begins, which comes back to them with the result; null without one, as an empty one is (RFC 6749
 * §3.1).
 *
 * @param value the parameter, as it came
 * @throws AppError `bad_request`: dropped, it would only be missed at the end
 */
export function callerStateFrom(value: unknown): string | null {
  if (value === undefined || value === '') return null;
  if (isCallerState(value)) return value;
  throw new AppError('bad_request', {
    detail: 'state has at most 256 characters of ASCII, and is given once.',
    log: { reason: 'wrong state' },
  });
}
