import type { PlannedFault } from './consent-faults.js';
import { namePartsOf, pictureOf, subjectOf, type Person } from './people.js';

/** What somebody allowed: carried by the code, then by the access token. */
export interface GoogleGrant {
  person: Person;
  scopes: readonly string[];
  redirectUri: string;
  nonce: string | undefined;
  /** Whether `max_age` was sent: the ID token then tells when the person signed in (OpenID Connect Core §3.1.2.1). */
  tellsAuthTime: boolean;
  challenge: string | undefined;
  plan: PlannedFault | undefined;
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
  const { person, scopes } = grant;
  const { given, family } = namePartsOf(person);
  return {
    sub: subjectOf('google', person),
    ...(person.hostedDomain !== null && { hd: person.hostedDomain }),
    ...(scopes.includes(`${long}email`) &&
      person.email !== null && { email: person.email, email_verified: person.emailVerified }),
    ...(scopes.includes(`${long}profile`) && {
      name: person.name,
      picture: pictureOf('google', person),
      given_name: given,
      ...(family !== undefined && { family_name: family }),
    }),
  };
}
