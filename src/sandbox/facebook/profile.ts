import type { Grant } from '../core/oauth.js';
import { namePartsOf } from '../core/people.js';
import type { Account } from '../core/provider.js';

/** One field of a Graph `fields` parameter: `picture.type(large){url}`. */
export interface GraphField {
  name: string;
  modifiers: Record<string, string>;
  fields: GraphField[];
}

/** Graph's field expansion syntax; undefined when it does not parse. */
export function parseGraphFields(text: string): GraphField[] | undefined {
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = at;
    const found = sticky.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };

  const list = (depth: number): GraphField[] | undefined => {
    const fields: GraphField[] = [];
    do {
      const name = take(/\w+/);
      if (name === undefined || depth > 4) return undefined;
      const field: GraphField = { name, modifiers: {}, fields: [] };
      while (take(/\./) !== undefined) {
        const [modifier, value] =
          take(/\w+\(\w+\)/)
            ?.slice(0, -1)
            .split('(') ?? [];
        if (modifier === undefined || value === undefined) return undefined;
        field.modifiers[modifier] = value;
      }
      if (take(/\{/) !== undefined) {
        const inner = list(depth + 1);
        if (!inner || take(/\}/) === undefined) return undefined;
        field.fields = inner;
      }
      fields.push(field);
    } while (take(/,/) !== undefined);
    return fields;
  };

  const fields = list(0);
  return at === text.length ? fields : undefined;
}

const sizes: Record<string, number> = { small: 50, square: 50, normal: 100, large: 200 };

function pictureFields(account: Account, field: GraphField): Record<string, unknown> {
  const { type, width, height } = field.modifiers;
  const named = sizes[type ?? 'square'] ?? 50;
  const asked = Number(width ?? height ?? named);
  const size = Number.isInteger(asked) && asked > 0 ? asked : named;
  const all: Record<string, unknown> = {
    height: size,
    is_silhouette: false,
    url: account.picture.replaceAll(/(height|width)=50/g, `$1=${size}`),
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
  grant: Grant,
  fields: readonly GraphField[],
): Record<string, unknown> | string {
  const { account } = grant;
  const { given, family } = namePartsOf(account);
  const values: Record<string, (field: GraphField) => unknown> = {
    id: () => account.subject,
    name: () => account.name,
    first_name: () => given,
    last_name: () => family,
    middle_name: () => undefined,
    short_name: () => given,
    name_format: () => '{first} {last}',
    // Not given, not granted, or not there: Graph leaves it out without an error.
    email: () => (grant.scopes.includes('email') ? (account.email ?? undefined) : undefined),
    picture: (field) => pictureFields(account, field),
  };
  const profile: Record<string, unknown> = {};
  for (const field of fields) {
    const value = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
    if (!value) return field.name;
    profile[field.name] = value(field);
  }
  return { ...profile, id: account.subject };
}
