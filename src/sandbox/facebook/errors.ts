import { type Answer, json, type OwnAnswers } from '../core/answers.js';
import { randomAlphanumeric } from '../core/secrets.js';

type GraphErrorType = 'OAuthException' | 'GraphMethodException';

/**
 * An error as Graph words it: https://developers.facebook.com/docs/graph-api/guides/error-handling
 * @param code Graph's own code, which clients tell errors apart by; several share one HTTP status
 * @param more `type` is OAuthException unless given
 */
export function graphError(
  status: number,
  message: string,
  code: number,
  more: { type?: GraphErrorType; error_subcode?: number; is_transient?: boolean } = {},
): Answer {
  const { type = 'OAuthException', ...rest } = more;
  const trace = `A${randomAlphanumeric(22)}`;
  return json(status, { error: { message, type, code, ...rest, fbtrace_id: trace } });
}

/**
 * A call from a server without `appsecret_proof`, where the app requires it:
 * https://developers.facebook.com/docs/graph-api/guides/secure-requests
 */
export const missingProof = (): Answer =>
  graphError(400, 'API calls from the server require an appsecret_proof argument', 100, {
    type: 'GraphMethodException',
  });

/** A call with a proof that the app's secret has not made for this token. */
export const invalidProof = (): Answer =>
  graphError(400, 'Invalid appsecret_proof provided in the API argument', 100, {
    type: 'GraphMethodException',
  });

/** A token that Graph does not know, or no longer: code 190. */
export const invalidToken = (): Answer =>
  graphError(401, 'Invalid OAuth access token - Cannot parse access token', 190);

const shared = {
  refused: graphError(403, '(#10) Application does not have permission for this action', 10),
  rate_limited: graphError(403, '(#4) Application request limit reached', 4, {
    is_transient: true,
  }),
};

/** How the token endpoint fails where a fault says so. Its `error` is a code that is refused: 100 with subcode 36007. */
export const tokenFaults: OwnAnswers = {
  ...shared,
  error: graphError(400, 'Error validating verification code.', 100, { error_subcode: 36007 }),
};

/** How `/me` fails where a fault says so. Its `error` is a passing one (code 2), after which Graph asks to try again. */
export const profileFaults: OwnAnswers = {
  ...shared,
  error: graphError(500, 'An unexpected error has occurred. Please retry your request later.', 2, {
    is_transient: true,
  }),
};
