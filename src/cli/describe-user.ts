import type { Export } from '../users/export.schema.js';
import { fields } from './output.js';

type User = Export['user'];

export function nameOf(user: User): string {
  return `${user.displayName}${user.email === null ? '' : ` <${user.email}>`} (${user.id})`;
}

export function describeUser(user: User): string[] {
  return [
    ...fields({
      id: user.id,
      name: user.displayName,
      email: user.email,
      'email trust': user.emailTrust,
      picture: user.avatarUrl,
      created: user.createdAt,
      updated: user.updatedAt,
      'last sign-in': user.lastSignInAt,
      disabled: user.disabledAt,
    }),
    ...user.identities.flatMap((identity) => [
      '',
      ...fields({
        provider:
          identity.provider + (identity.provider === user.primaryProvider ? ', primary' : ''),
        subject: identity.subject,
        username: identity.username,
        name: identity.displayName,
        email: identity.email,
        'email trust': identity.emailTrust,
        connected: identity.linkedAt,
        'connected from': identity.linkedFrom.address,
        'connected with': identity.linkedFrom.userAgent,
        'connected via': identity.linkedFrom.via,
        'counts less since': identity.unsettledSince,
        'contested address': identity.contestedEmail,
        issuer: identity.issuer,
        'last used': identity.lastUsedAt,
      }),
    ]),
  ];
}
