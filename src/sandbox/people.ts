import { createHash } from 'node:crypto';
import type { SandboxProvider } from './provider.js';

/** Somebody with an account. Each provider shows the part of it that the real one would. */
export interface Person {
  /** Which account it is: the same key has the same subject at a provider, always. */
  key: string;
  name: string;
  username: string;
  email: string | null;
  emailVerified: boolean;
  /** Google Workspace domain. */
  hostedDomain: string | null;
  /** Set only when somebody typed one. */
  subject: string | null;
  picture: string | null;
}

function readyMade(key: string, name: string, username: string, rest: Partial<Person>): Person {
  const email = rest.email ?? null;
  return {
    key,
    name,
    username,
    email,
    emailVerified: email !== null,
    hostedDomain: null,
    subject: null,
    picture: null,
    ...rest,
  };
}

/**
 * The ready-made people: each has something that a client gets wrong, such as no address, one that is not verified, or a Workspace.
 */
export const people: readonly Person[] = [
  readyMade('ada', 'Ada Lovelace', 'ada', { email: 'ada@example.com' }),
  readyMade('grace', 'Grace Hopper', 'grace_hopper', {}),
  readyMade('alan', 'Alan Turing', 'alan_turing', {
    email: 'alan@example.com',
    emailVerified: false,
  }),
  readyMade('katherine', 'Katherine Johnson', 'katherinej', {
    email: 'katherine@school.example',
    hostedDomain: 'school.example',
  }),
  readyMade('margaret', 'Margaret Hamilton', 'margaret_h', {
    email: 'margaret.sbx@gmail.com',
  }),
];

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function digitsFrom(text: string, span: bigint): bigint {
  return BigInt(`0x${digest(text).toString('hex')}`) % span;
}

/** Google: 21 digits. X: 19 digits, beyond what a JavaScript number holds. Facebook: 17 digits, app-scoped. */
const subjects: Record<SandboxProvider, (seed: string) => string> = {
  google: (seed) => String(10n ** 20n + digitsFrom(seed, 2n * 10n ** 19n)),
  twitter: (seed) => String(10n ** 18n + digitsFrom(seed, 10n ** 18n)),
  facebook: (seed) => String(10n ** 16n + digitsFrom(seed, 3n * 10n ** 14n)),
};

/** The provider's identifier of this person: what was typed, else one derived from the account's key. */
export function subjectOf(provider: SandboxProvider, person: Person): string {
  return person.subject ?? subjects[provider](`${provider}\n${person.key}`);
}

const pictures: Record<SandboxProvider, (hash: string, subject: string) => string> = {
  google: (hash) => `https://lh3.googleusercontent.com/a/ACg8oc${hash}=s96-c`,
  twitter: (hash, subject) =>
    `https://pbs.twimg.com/profile_images/${subject}/${hash.slice(0, 8)}_normal.jpg`,
  facebook: (hash, subject) =>
    `https://platform-lookaside.fbsbx.com/platform/profilepic/?asid=${subject}&height=50&width=50&ext=1769817600&hash=${hash.slice(0, 24)}`,
};

/** The URL of a person's picture: what was typed, else one in the provider's shape, behind which there is nothing. */
export function pictureOf(provider: SandboxProvider, person: Person): string {
  if (person.picture !== null) return person.picture;
  const hash = digest(`picture\n${person.key}`).toString('base64url').replaceAll(/[-_]/g, 'x');
  return pictures[provider](hash, subjectOf(provider, person));
}

/** Given and family name; somebody with one name has no family name, as at the real ones. */
export function namePartsOf(person: Person): { given: string; family: string | undefined } {
  const at = person.name.trim().lastIndexOf(' ');
  if (at < 0) return { given: person.name, family: undefined };
  return { given: person.name.trim().slice(0, at), family: person.name.trim().slice(at + 1) };
}
