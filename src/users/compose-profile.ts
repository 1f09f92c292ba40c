import type { IdentitiesTable, UsersTable } from '../database/schema.js';
import { emailKey, isVerified } from './email-key.js';

type ProfileColumns = Pick<
  UsersTable,
  'display_name' | 'email' | 'email_key' | 'email_trust' | 'avatar_url'
>;

const NAMELESS = 'Unnamed user';

/**
 * Composes the user's one record from their identities. The identity that was connected first speaks for the person;
 * the others fill its gaps. A verified address goes before a claimed one.
 *
 * @param identities all identities of the user, the first connected first
 * @param isTaken whether another user has an address (by its key) verified; it is then kept as a claim only
 */
export function composeProfile(
  identities: readonly IdentitiesTable[],
  isTaken: (key: string) => boolean,
): ProfileColumns {
  const names = [
    ...identities.map((identity) => identity.display_name),
    ...identities.map((identity) => identity.username),
  ];
  const withEmail = identities.filter((identity) => identity.email !== null);
  const speaker =
    withEmail.find(
      ({ email, email_trust }) => isVerified(email_trust) && !isTaken(emailKey(email ?? '')),
    ) ?? withEmail[0];
  const email = speaker?.email ?? null;
  const key = email === null ? null : emailKey(email);
  const demoted = key !== null && isVerified(speaker?.email_trust ?? null) && isTaken(key);
  return {
    display_name: names.find((name) => name !== null) ?? NAMELESS,
    email,
    email_key: key,
    email_trust: demoted ? 'claimed' : (speaker?.email_trust ?? null),
    avatar_url: identities.find(({ avatar_url }) => avatar_url !== null)?.avatar_url ?? null,
  };
}
