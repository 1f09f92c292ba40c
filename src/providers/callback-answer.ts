import * as z from 'zod';

/** The parsed parameters of a provider's callback; nothing in them is trusted yet. */
export interface CallbackAnswer {
  /** Identifies the attempt: OAuth 2.0's `state`, OAuth 1.0a's request token. */
  stateOrToken: string;
  /** The `iss` parameter (RFC 9207), if any. */
  issuer: string | null;
  outcome: 'granted' | 'denied' | 'failed';
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

const oauth2Schema = z.object({
  state: value(512),
  code: value(4096).optional(),
  iss: value(2048).optional(),
  error: z.string().optional(),
  error_code: z.string().optional(),
});

/** An OAuth 2.0 response (RFC 6749 §4.1.2). Facebook reports some failures by `error_code` without `error`. */
export const readOauth2Callback: CallbackReader = (query) => {
  const answer = read(query, oauth2Schema);
  if (answer === undefined) return null;
  const { state, code, iss, error, error_code: errorCode } = answer;
  const base = { stateOrToken: state, issuer: iss ?? null };
  if (error === 'access_denied') return { ...base, outcome: 'denied' };
  const granted = code !== undefined && error === undefined && errorCode === undefined;
  return { ...base, outcome: granted ? 'granted' : 'failed' };
};

const oauth1Schema = z.object({
  oauth_token: value(512),
  oauth_verifier: value(512),
});

const deniedSchema = z.object({ denied: value(512), oauth_token: z.undefined().optional() });

/** An OAuth 1.0a response (RFC 5849 §2.2), or X's `?denied=<request token>`. */
export const readOauth1Callback: CallbackReader = (query) => {
  const granted = read(query, oauth1Schema);
  if (granted) return { stateOrToken: granted.oauth_token, issuer: null, outcome: 'granted' };
  const refused = read(query, deniedSchema);
  return refused ? { stateOrToken: refused.denied, issuer: null, outcome: 'denied' } : null;
};
