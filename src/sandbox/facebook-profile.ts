import type { FacebookGrant } from './facebook-grant.js';
import type { GraphField } from './graph-fields.js';
import { namePartsOf, pictureOf, subjectOf } from './people.js';

const sizes: Record<string, number> = { small: 50, square: 50, normal: 100, large: 200 };

function pictureFields(grant: FacebookGrant, field: GraphField): Record<string, unknown> {
  const { type, width, height } = field.modifiers;
  const named = sizes[type ?? 'square'] ?? 50;
  const asked = Number(width ?? height ?? named);
  const size = Number.isInteger(asked) && asked > 0 ? asked : named;
  const all: Record<string, unknown> = {
    height: size,
    is_silhouette: false,
    url: pictureOf('facebook', grant.person).replaceAll(/(height|width)=50/g, `$1=${size}`),
    width: size,
  };
  if (field.fields.length === 0) return { data: all };
  return {
    data: Object.fromEntries(
      field.fields.filter(({ name }) => name in all).map(({ name }) => [name, all[name]]),
    ),
  };
}

/**
 * The user node with the fields that were asked for; id comes always.
 * @returns the name of a field that a user does not have, as a string.
 */
export function facebookProfile(
  grant: FacebookGrant,
  fields: readonly GraphField[],
): Record<string, unknown> | string {
  const { person } = grant;
  const { given, family } = namePartsOf(person);
  const values: Record<string, (field: GraphField) => unknown> = {
    id: () => subjectOf('facebook', person),
    name: () => person.name,
    first_name: () => given,
    last_name: () => family,
    middle_name: () => undefined,
    short_name: () => given,
    name_format: () => '{first} {last}',
    // Not given, not granted, or not there: Graph leaves it out and says nothing.
    email: () => (grant.scopes.includes('email') ? (person.email ?? undefined) : undefined),
    picture: (field) => pictureFields(grant, field),
  };
  const profile: Record<string, unknown> = {};
  for (const field of fields) {
    const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
    if (!value) return field.name;
    profile[field.name] = value(field);
  }
  return { ...profile, id: subjectOf('facebook', person) };
}
