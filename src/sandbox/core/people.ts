import { createHash } from 'node:crypto';
import * as z from 'zod';
import { pictureUrl } from './pictures.js';
import type {
  Account,
  PeopleDescription,
  Person,
  PersonField,
  ProviderDescription,
} from './provider.js';

/** The fields that more than one provider has. A hint can be added. */
export const personFields = {
  name: { name: 'name', label: 'Name', kind: 'words', maxLength: 5000 },
  email: { name: 'email', label: 'Email', hint: 'blank for none', kind: 'email', maxLength: 1000 },
  emailVerified: {
    name: 'emailVerified',
    label: 'Email is verified',
    kind: 'yes-no',
    maxLength: 5,
  },
  username: { name: 'username', label: 'Username', kind: 'code', maxLength: 50 },
  subject: { name: 'subject', label: 'Account id', hint: 'optional', kind: 'code', maxLength: 255 },
} as const satisfies Record<string, PersonField>;

function readyMade(name: string, username: string, email: string | null, key: string): Person {
  const unknown = { subject: null, picture: null, own: {} };
  return { key, name, username, email, emailVerified: email !== null, ...unknown };
}

/** Ada's other account: the one way into `account_exists` that is offered, after she has signed in with Google. */
const TWIN = 'ada-again';

/** Each has something that a client gets wrong, such as no address, one that is not verified, or a Workspace. */
export const people: readonly Person[] = [
  readyMade('Ada Lovelace', 'ada', 'ada@example.com', 'ada'),
  readyMade('Grace Hopper', 'grace_hopper', null, 'grace'),
  { ...readyMade('Alan Turing', 'alan_turing', 'alan@example.com', 'alan'), emailVerified: false },
  readyMade('Katherine Johnson', 'katherinej', 'katherine@school.example', 'katherine'),
  readyMade('Margaret Hamilton', 'margaret_h', 'margaret.sbx@gmail.com', 'margaret'),
  readyMade('Ada King', 'ada_king', 'ada@example.com', TWIN),
];

/** What is said of somebody's address. */
export function addressTag({ key }: Person): string | undefined {
  return key === TWIN ? 'The address that Ada has at Google: leads to account_exists' : undefined;
}

/** A ready-made person's address: of their own at each provider, so that one after the other can be tried out. */
function addressAt({ mailDomain }: PeopleDescription, { key, email }: Person): string | null {
  const isReadyMade = people.some((person) => person.key === key);
  if (email === null || mailDomain === undefined || !isReadyMade || key === TWIN) return email;
  return `${key}@${mailDomain}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/**
 * The person as this provider knows them: what was typed, else what follows from the account's key.
 *
 * @param url the sandbox's own, for the picture
 */
export function accountOf(provider: ProviderDescription, person: Person, url: string): Account {
  const { first, span } = provider.people.subject;
  const seed = BigInt(`0x${digest(`${provider.id}\n${person.key}`).toString('hex')}`);
  const subject = person.subject ?? String(first + (seed % span));
  const own = { ...person.own };
  for (const field of provider.people.fields) {
    const value = field.readyMade?.[person.key];
    if (value !== undefined) own[field.name] = value;
  }
  return {
    ...person,
    subject,
    email: addressAt(provider.people, person),
    picture: person.picture ?? provider.people.picture(pictureUrl(url, person.key)),
    own,
  };
}

/** Given and family name; a single name has no family name, as at the providers. */
export function namePartsOf(person: Person): { given: string; family: string | undefined } {
  const name = person.name.trim();
  const at = name.lastIndexOf(' ');
  if (at < 0) return { given: person.name, family: undefined };
  return { given: name.slice(0, at), family: name.slice(at + 1) };
}

/** Forms send what was left blank as '', scripts leave it out or send null: all mean "none". */
const optionalText = (max: number) =>
  z
    .string()
    .max(max)
    .nullish()
    .transform((text) => (text && text.trim() !== '' ? text : null));

const common = {
  subject: optionalText(personFields.subject.maxLength),
  name: optionalText(personFields.name.maxLength),
  email: optionalText(personFields.email.maxLength),
  emailVerified: z
    .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
    .default(true),
  username: optionalText(personFields.username.maxLength),
  picture: optionalText(5000),
};

/** The profile that was typed on the consent page. Markup in names and odd addresses are allowed, for tests. */
export function typedPersonSchema({ fields }: PeopleDescription) {
  const own = fields.filter(({ name }) => !Object.hasOwn(common, name));
  const shape = own.map(({ name, maxLength }) => [name, optionalText(maxLength)] as const);
  return z.object({ ...common, own: z.object(Object.fromEntries(shape)) });
}

type TypedPerson = z.infer<ReturnType<typeof typedPersonSchema>>;

/** What is wrong with it at this provider, in words for the page. */
export function problemsOf({ subject }: PeopleDescription, typed: TypedPerson): string[] {
  const problems: string[] = [];
  if (!typed.subject && !typed.name && !typed.email && !typed.username) {
    problems.push('Say who you are: fill in at least one of the fields.');
  }
  if (typed.subject && !subject.pattern.test(typed.subject)) {
    problems.push(`The account id has to be ${subject.shape}.`);
  }
  if (typed.username && !/^\w{1,50}$/.test(typed.username)) {
    problems.push('The username can have letters, digits and underscores only.');
  }
  return problems;
}

function usernameFrom(text: string): string {
  const [local = ''] = text.split('@', 1);
  const username = local.toLowerCase().replaceAll(/\W+/g, '_').slice(0, 15);
  return username === '' || username === '_' ? 'somebody' : username;
}

/** The account behind it: accounts differ by the email, else the username, else the name. */
export function personFrom(typed: TypedPerson): Person {
  const known = typed.email ?? typed.username ?? typed.name ?? typed.subject ?? 'somebody';
  return {
    ...typed,
    key: `typed:${known.toLowerCase()}`,
    name: typed.name ?? typed.username ?? usernameFrom(known),
    username: typed.username ?? usernameFrom(typed.name ?? known),
    emailVerified: typed.email !== null && typed.emailVerified,
  };
}
