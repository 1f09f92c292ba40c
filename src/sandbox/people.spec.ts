import { describe, expect, it } from '@jest/globals';
import {
  accountOf,
  namePartsOf,
  people,
  personFrom,
  problemsOf,
  typedPersonSchema,
} from './core/people.js';
import { facebook } from './facebook/facebook.js';
import { google } from './google/google.js';
import { twitter } from './twitter/twitter.js';

const typed = (fields: Record<string, unknown>) =>
  typedPersonSchema(google.people).parse({ ...fields, own: fields });

describe('account ids', () => {
  it.each([
    { provider: google, shape: /^1\d{20}$/ },
    { provider: twitter, shape: /^1\d{18}$/ },
    { provider: facebook, shape: /^10\d{15}$/ },
  ])('have the shape of $provider.name', ({ provider, shape }) => {
    const subjects = people.map((person) => accountOf(provider, person).subject);
    expect(new Set(subjects).size).toBe(people.length);
    for (const subject of subjects) expect(subject).toMatch(shape);
  });

  it('are beyond a JavaScript number at X', () => {
    const subjects = people.map((person) => accountOf(twitter, person).subject);
    expect(subjects.filter((subject) => Number.isSafeInteger(Number(subject)))).toEqual([]);
  });

  it('stay the same for the same account, and are not shared between providers', () => {
    const one = personFrom(typed({ email: 'Zoe@example.com', name: 'Zoe' }));
    const other = personFrom(typed({ email: 'zoe@example.com', name: 'Zoe B.' }));
    expect(accountOf(google, one).subject).toBe(accountOf(google, other).subject);
    expect(accountOf(google, one).subject).not.toBe(accountOf(facebook, one).subject);
    expect(accountOf(google, personFrom(typed({ subject: '42' }))).subject).toBe('42');
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
    const workspaces = people.map((person) => accountOf(google, person).own['hostedDomain']);
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

  it('gives the picture that was typed, else an https one', () => {
    const shown = personFrom(typed({ name: 'Z', picture: 'javascript:1' }));
    const [ada] = people;
    if (!ada) throw new Error('nobody here');
    expect(accountOf(twitter, ada).picture).toMatch(/^https:\/\/pbs\.twimg\.com\/.*_normal\.jpg$/);
    expect(accountOf(google, shown).picture).toBe('javascript:1');
  });
});
