import * as z from 'zod';

/** What of a person a token may say beside their id, in the names that OpenID Connect has for it (Core §5.1). */
const claims = ['name', 'email', 'picture'] as const;

type TokenClaim = (typeof claims)[number];

/** A service that tokens are made for. */
export interface TokenAudience {
  /** As the service knows itself: its tokens have it as `aud`. */
  readonly name: string;
  readonly claims: readonly TokenClaim[];
  /** The origins that may ask for a token; null where each may that may act for whoever is signed in. */
  readonly askers: readonly string[] | null;
}

/** The most that a token may last: nothing takes it back. */
export const MAX_TOKEN_SECONDS = 900;

/** RFC 7519 §2 (StringOrURI), in characters that nothing in the list has a meaning for. */
const NAME = /^(?!.*:$)[\w.:/~%@-]{1,200}$/;

const NEEDS =
  'needs a comma list of services such as https://api.example.com, each with the claims it asks for (name, email, picture) after blanks, and the origins that may ask after <: https://billing.example.com name email < https://app.example.com';

/** TOKEN_AUDIENCES: `AUDIENCE [CLAIM …] [< ORIGIN …]`, and so on after commas. */
export const tokenAudiences = z.string().transform((value, context) => {
  const items = value.split(',').filter((item) => item.trim() !== '');
  const audiences = items.flatMap((item) => toAudience(item) ?? []);
  const names = new Set(audiences.map(({ name }) => name));
  if (items.length === 0 || audiences.length < items.length) context.addIssue(NEEDS);
  else if (names.size < audiences.length) context.addIssue('names a service twice');
  return audiences;
});

/** Null where it is none. */
function toAudience(item: string): TokenAudience | null {
  const [service = '', origins, ...rest] = item.split('<').map(wordsOf);
  const [name = '', ...asked] = service;
  const isUsable =
    NAME.test(name) &&
    (!name.includes(':') || URL.canParse(name)) &&
    new Set(asked).size === asked.length &&
    asked.every((claim) => claims.some((known) => known === claim)) &&
    origins?.length !== 0 &&
    (origins ?? []).every((origin) => URL.canParse(origin) && new URL(origin).origin === origin) &&
    rest.length === 0;
  return isUsable ? { name, claims: asked as TokenClaim[], askers: origins ?? null } : null;
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
