import * as z from 'zod';
import type { Person } from './people.js';
import type { SandboxProvider } from './provider.js';

/** Forms send what was left blank as '', scripts leave it out or send null: all mean "none". */
const optionalText = (max: number) =>
  z
    .string()
    .max(max)
    .nullish()
    .transform((text) => (text && text.trim() !== '' ? text : null));

const yesOrNo = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .default(true);

/** Who somebody says they are. Content is free: names with markup and odd addresses are what one tests with. */
export const typedPersonSchema = z.object({
  subject: optionalText(255),
  name: optionalText(5000),
  email: optionalText(1000),
  emailVerified: yesOrNo,
  username: optionalText(50),
  hostedDomain: optionalText(255),
  picture: optionalText(5000),
});

type TypedPerson = z.infer<typeof typedPersonSchema>;

const subjectShape: Record<SandboxProvider, { pattern: RegExp; says: string }> = {
  google: { pattern: /^[\x21-\x7e]{1,255}$/, says: 'up to 255 visible ASCII characters' },
  twitter: { pattern: /^[1-9]\d{0,19}$/, says: 'up to 20 digits' },
  facebook: { pattern: /^[1-9]\d{0,19}$/, says: 'up to 20 digits' },
};

/** What is wrong with it at this provider, in words for the page. */
export function problemsOf(provider: SandboxProvider, typed: TypedPerson): string[] {
  const problems: string[] = [];
  if (!typed.subject && !typed.name && !typed.email && !typed.username) {
    problems.push('Say who you are: fill in at least one of the fields.');
  }
  const { pattern, says } = subjectShape[provider];
  if (typed.subject && !pattern.test(typed.subject)) {
    problems.push(`The account id has to be ${says}.`);
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

/** The account behind it: the email tells accounts apart, then the username, then the name. */
export function personFrom(typed: TypedPerson): Person {
  const known = typed.email ?? typed.username ?? typed.name ?? typed.subject ?? 'somebody';
  return {
    key: `typed:${known.toLowerCase()}`,
    name: typed.name ?? typed.username ?? usernameFrom(known),
    username: typed.username ?? usernameFrom(typed.name ?? known),
    email: typed.email,
    emailVerified: typed.email !== null && typed.emailVerified,
    hostedDomain: typed.hostedDomain,
    subject: typed.subject,
    picture: typed.picture,
  };
}
