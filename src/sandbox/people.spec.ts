import { describe, expect, it } from '@jest/globals';
import {
  accountOf,
  addressTag,
  namePartsOf,
  people,
  personFrom,
  problemsOf,
  typedPersonSchema,
} from './core/people.js';
import { facebook } from './facebook/facebook.js';
import { google } from './google/google.js';
import { twitter } from './twitter/twitter.js';

const SANDBOX = 'http://127.0.0.1:4000';

const typed = (fields: Record<string, unknown>) =>
  typedPersonSchema(google.people).parse({ ...fields, own: fields });

describe('account ids', () => {
  it.each([
    { provider: google, shape: /^1\d{20}$/ },
    { provider: twitter, shape: /^1\d{18}$/ },
    { provider: facebook, shape: /^10\d{15}$/ },
  ])('have the shape of $provider.name', ({ provider, shape }) => {
    const subjects = people.map((person) => accountOf(provider, person, SANDBOX).subject);
    expect(new Set(subjects).size).toBe(people.length);
    for (const subject of subjects) expect(subject).toMatch(shape);
  });

  it('are beyond a JavaScript number at X', () => {
    const subjects = people.map((person) => accountOf(twitter, person, SANDBOX).subject);
    expect(subjects.filter((subject) => Number.isSafeInteger(Number(subject)))).toEqual([]);
  });

  it('stay the same for the same account, and are not shared between providers', () => {
    const one = personFrom(typed({ email: 'Zoe@example.com', name: 'Zoe' }));
    const other = personFrom(typed({ email: 'zoe@example.com', name: 'Zoe B.' }));
    expect(accountOf(google, one, SANDBOX).subject).toBe(accountOf(google, other, SANDBOX).subject);
    expect(accountOf(google, one, SANDBOX).subject).not.toBe(
      accountOf(facebook, one, SANDBOX).subject,
    );
    expect(accountOf(google, personFrom(typed({ subject: '42' })), SANDBOX).subject).toBe('42');
  });
});

const addressesAt = (provider: typeof google | typeof twitter | typeof facebook) =>
  people.map((person) => accountOf(provider, person, SANDBOX).email);

describe('the addresses of ready-made people', () => {
  it('meet at no two providers, but for the one that says so', () => {
    const all = [google, twitter, facebook].flatMap((provider) =>
      addressesAt(provider).filter((address) => address !== null),
    );
    const shared = all.filter((address, at) => all.indexOf(address) !== at);
    expect([...new Set(shared)]).toEqual(['ada@example.com']);
    const twins = people.filter((person) => addressTag(person) !== undefined);
    expect(twins.map(({ key, email }) => [key, email])).toEqual([['ada-again', 'ada@example.com']]);
  });

  it('are as they are typed where they are typed', () => {
    const ada = personFrom(typed({ email: 'ada@example.com' }));
    expect(accountOf(twitter, ada, SANDBOX).email).toBe('ada@example.com');
  });
});

describe('people who are typed', () => {
  it('have no email when the field is blank, and one that is verified unless they say so', () => {
    expect(personFrom(typed({ name: 'Zoe', email: ' ' })).email).toBeNull();
    expect(personFrom(typed({ email: 'zoe@example.com' })).emailVerified).toBe(true);
    expect(
      personFrom(typed({ email: 'zoe@example.com', emailVerified: 'false' })).emailVerified,
    ).toBe(false);
  });

  it('need at least one field, in the shape of the provider', () => {
    expect(problemsOf(google.people, typed({}))).toHaveLength(1);
    expect(problemsOf(google.people, typed({ subject: 'a b' }))).toHaveLength(1);
    expect(problemsOf(twitter.people, typed({ subject: 'abc' }))).toHaveLength(1);
    expect(problemsOf(twitter.people, typed({ username: '<b>' }))).toHaveLength(1);
    expect(problemsOf(facebook.people, typed({ name: '<b>' }))).toEqual([]);
  });
});

describe('a field that only one provider has', () => {
  it('is kept there, for ready-made people and for typed ones', () => {
    const workspaces = people.map(
      (person) => accountOf(google, person, SANDBOX).own['hostedDomain'],
    );
    expect(workspaces.filter((domain) => domain !== undefined)).toEqual(['school.example']);
    expect(personFrom(typed({ name: 'Z', hostedDomain: 'z.example' })).own).toEqual({
      hostedDomain: 'z.example',
    });
  });
});

describe('names and pictures', () => {
  it('splits a name as Google does', () => {
    expect(namePartsOf(personFrom(typed({ name: 'Ada King Lovelace' })))).toEqual({
      given: 'Ada King',
      family: 'Lovelace',
    });
    expect(namePartsOf(personFrom(typed({ name: 'Plato' }))).family).toBeUndefined();
  });

  it('gives the picture that was typed, else one of its own in the shape of the provider', () => {
    const shown = personFrom(typed({ name: 'Z', picture: 'javascript:1' }));
    const [ada] = people;
    if (!ada) throw new Error('nobody here');
    const own = /^http:\/\/127\.0\.0\.1:4000\/sandbox\/pictures\/[\da-f]{16}(.*)$/;
    const endings = [google, twitter, facebook].map(
      (provider) => own.exec(accountOf(provider, ada, SANDBOX).picture)?.[1],
    );
    expect(endings).toEqual(['=s96-c', '_normal.svg', '?height=50&width=50&ext=1769817600']);
    expect(accountOf(google, shown, SANDBOX).picture).toBe('javascript:1');
  });
});
