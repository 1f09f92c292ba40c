import type { Grant } from '../core/oauth2.js';
import { namePartsOf, type PersonField } from '../core/people.js';

/** What somebody allowed Google to tell. */
export interface GoogleGrant extends Grant {
  nonce: string | undefined;
  /** Whether `max_age` was sent: the ID token then tells when the person signed in (OpenID Connect Core §3.1.2.1). */
  tellsAuthTime: boolean;
}

/** The domain of a Google Workspace, which `hd` tells. */
export const hostedDomain = {
  name: 'hostedDomain',
  label: 'Workspace domain',
  hint: 'optional',
  kind: 'code',
  maxLength: 255,
  tag: 'Workspace',
  readyMade: { katherine: 'school.example' },
} as const satisfies PersonField;

/** The `hd` of claims and callbacks; it is left out for people without a Workspace. */
export function hostedDomainOf({ account }: Pick<GoogleGrant, 'account'>): { hd?: string } {
  const hd = account.own[hostedDomain.name];
  return typeof hd === 'string' ? { hd } : {};
}

const long = 'https://www.googleapis.com/auth/userinfo.';

/** Google's two names for a scope, and the one it answers with. */
export const googleScopes: Record<string, string> = {
  openid: 'openid',
  email: `${long}email`,
  profile: `${long}profile`,
  [`${long}email`]: `${long}email`,
  [`${long}profile`]: `${long}profile`,
};

/** The claims of userinfo, and those about the person in an ID token (OpenID Connect Core §5.1, §5.4). */
export function personClaims(grant: GoogleGrant): Record<string, unknown> {
  const { account, scopes } = grant;
  const { given, family } = namePartsOf(account);
  return {
    sub: account.subject,
    ...hostedDomainOf(grant),
    ...(scopes.includes(`${long}email`) &&
      account.email !== null && { email: account.email, email_verified: account.emailVerified }),
    ...(scopes.includes(`${long}profile`) && {
      name: account.name,
      picture: account.picture,
      given_name: given,
      ...(family !== undefined && { family_name: family }),
    }),
  };
}
