import * as z from 'zod';
import { OAUTH_ERRORS } from './oauth-errors.js';

/** The parsed parameters of a provider's callback; nothing in them is trusted yet. */
export type CallbackAnswer = Granted | Refused;

interface Granted {
  outcome: 'granted';
  /** Identifies the attempt: OAuth 2.0's `state`, OAuth 1.0a's request token. */
  stateOrToken: string;
  /** The `iss` parameter (RFC 9207), if any. */
  issuer: string | null;
}

interface Refused extends Omit<Granted, 'outcome' | 'stateOrToken'> {
  /** `unasked`: the person would have had to be asked, and was not to be (`prompt=none`). */
  outcome: 'denied' | 'unasked' | 'failed';
  /** Null for an error that names no attempt, and so finishes none. */
  stateOrToken: string | null;
  /** Why, for the log: known codes only, for any other text may echo what we sent. */
  log: Readonly<Record<string, string>>;
}

/** Parses a callback's query; null when it is not a valid response. */
export type CallbackReader = (query: unknown) => CallbackAnswer | null;

const value = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\x21-\x7e]+$/);

/** Plain names, each once: `code=a&code=b` and `error[]=x` are never valid. */
const plainQuery = z.record(z.string().regex(/^[\w.-]{1,64}$/), z.string());

function read<T>(query: unknown, schema: z.ZodType<T>): T | undefined {
  return plainQuery.safeParse(query).success ? schema.safeParse(query).data : undefined;
}

const oauth2Fields = {
  code: value(4096).optional(),
  iss: value(2048).optional(),
  error: z.string().optional(),
  error_code: z.string().optional(),
};

const oauth2Schema = z.object({ state: value(512), ...oauth2Fields });

type Oauth2Error = Pick<z.infer<typeof oauth2Schema>, 'iss' | 'error' | 'error_code'>;

/** An OAuth 2.0 response (RFC 6749 §4.1.2). Facebook reports some failures by `error_code` without `error`. */
export const readOauth2Callback: CallbackReader = (query) => {
  const answer = read(query, oauth2Schema);
  if (answer === undefined) return null;
  const { state, code, iss, error, error_code: errorCode } = answer;
  const isGranted = code !== undefined && error === undefined && errorCode === undefined;
  if (isGranted) return { outcome: 'granted', stateOrToken: state, issuer: iss ?? null };
  return refused(state, answer);
};

const statelessSchema = z
  .object({ state: z.undefined().optional(), ...oauth2Fields })
  .refine(({ error, error_code: errorCode }) => error || errorCode);

/** Facebook leaves `state` out of some errors, such as that of an app that is not live. */
export const readFacebookCallback: CallbackReader = (query) => {
  const stateless = read(query, statelessSchema);
  return stateless === undefined ? readOauth2Callback(query) : refused(null, stateless);
};

/** What only answers `prompt=none` (OpenID Connect Core §3.1.2.6). */
const UNASKED: ReadonlySet<string> = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

/** Facebook's code for a dialog that the person has closed. */
const CANCELLED = '4201';

function refused(stateOrToken: string | null, answer: Oauth2Error): Refused {
  const { iss, error = '', error_code: errorCode = '' } = answer;
  const denied = error === 'access_denied' || errorCode === CANCELLED;
  const name = OAUTH_ERRORS.has(error) ? error : null;
  const code = /^\d{1,10}$/.test(errorCode) ? errorCode : null;
  return {
    outcome: denied ? 'denied' : UNASKED.has(error) ? 'unasked' : 'failed',
    stateOrToken,
    issuer: iss ?? null,
    log: {
      reason: name ?? code ?? (error || errorCode ? 'unknown error' : 'no code'),
      ...(name !== null && code !== null && { providerCode: code }),
    },
  };
}

const oauth1Schema = z.object({
  oauth_token: value(512),
  oauth_verifier: value(512),
});

const deniedSchema = z.object({ denied: value(512), oauth_token: z.undefined().optional() });

/** An OAuth 1.0a response (RFC 5849 §2.2), or X's `?denied=<request token>`. */
export const readOauth1Callback: CallbackReader = (query) => {
  const granted = read(query, oauth1Schema);
  if (granted) return { stateOrToken: granted.oauth_token, issuer: null, outcome: 'granted' };
  const answer = read(query, deniedSchema);
  if (!answer) return null;
  const log = { reason: 'denied' };
  return { stateOrToken: answer.denied, issuer: null, outcome: 'denied', log };
};
