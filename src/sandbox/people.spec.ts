import { describe, expect, it } from '@jest/globals';
import { namePartsOf, people, pictureOf, subjectOf } from './people.js';
import { personFrom, problemsOf, typedPersonSchema } from './typed-person.js';

const typed = (fields: Record<string, unknown>) => typedPersonSchema.parse(fields);

describe('subjects', () => {
  it.each([
    ['google', /^1\d{20}$/],
    ['twitter', /^1\d{18}$/],
    ['facebook', /^10\d{15}$/],
  ] as const)('have the shape of %s', (provider, shape) => {
    const subjects = people.map((person) => subjectOf(provider, person));
    expect(new Set(subjects).size).toBe(people.length);
    for (const subject of subjects) expect(subject).toMatch(shape);
  });

  it('are beyond a JavaScript number at X', () => {
    const subjects = people.map((person) => subjectOf('twitter', person));
    expect(subjects.filter((subject) => Number.isSafeInteger(Number(subject)))).toEqual([]);
  });

  it('stay the same for the same account, and are not shared between providers', () => {
    const one = personFrom(typed({ email: 'Zoe@example.com', name: 'Zoe' }));
    const other = personFrom(typed({ email: 'zoe@example.com', name: 'Zoe B.' }));
    expect(subjectOf('google', one)).toBe(subjectOf('google', other));
    expect(subjectOf('google', one)).not.toBe(subjectOf('facebook', one));
    expect(subjectOf('google', personFrom(typed({ subject: '42' })))).toBe('42');
  });
});

describe('typed people', () => {
  it('have no email when the field is blank, and one that is verified unless they say so', () => {
    expect(personFrom(typed({ name: 'Zoe', email: ' ' })).email).toBeNull();
    expect(personFrom(typed({ email: 'zoe@example.com' })).emailVerified).toBe(true);
    expect(
      personFrom(typed({ email: 'zoe@example.com', emailVerified: 'false' })).emailVerified,
    ).toBe(false);
  });

  it('have to say something, in the shape of the provider', () => {
    expect(problemsOf('google', typed({}))).toHaveLength(1);
    expect(problemsOf('google', typed({ subject: 'a b' }))).toHaveLength(1);
    expect(problemsOf('twitter', typed({ subject: 'abc' }))).toHaveLength(1);
    expect(problemsOf('twitter', typed({ username: '<b>' }))).toHaveLength(1);
    expect(problemsOf('facebook', typed({ name: '<b>' }))).toEqual([]);
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
    const [ada] = people;
    if (!ada) throw new Error('nobody here');
    expect(pictureOf('twitter', ada)).toMatch(/^https:\/\/pbs\.twimg\.com\/.*_normal\.jpg$/);
    expect(pictureOf('google', personFrom(typed({ name: 'Z', picture: 'javascript:1' })))).toBe(
      'javascript:1',
    );
  });
});
