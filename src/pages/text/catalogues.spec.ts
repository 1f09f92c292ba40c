import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { en } from './en/en.js';
import { markup } from './markup.js';
import { languages } from './words.js';

/** Each stands for what a sentence is about: a name, an element, or what makes one. */
const given = ['①', '②', '③', '④'].map((sign) =>
  Object.assign((words: string) => markup`${sign}${words}`, { toString: () => sign }),
);

/** Every sentence of a catalogue, by its key. */
function sentencesOf(value: unknown, path = ''): [key: string, sentence: string][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => sentencesOf(inner, `${path}.${key}`));
  }
  const filled: unknown = typeof value === 'function' ? value(...given) : value;
  return [[path.slice(1), String(filled)]];
}

const countWords = (sentence: string) => sentence.match(/\p{L}{2,}/gu)?.length ?? 0;
const usedIn = (sentence = '') => [...new Set(sentence.match(/[①②③④]/g))].toSorted().join('');
const valueAt = (key: string) =>
  key.split('.').reduce<unknown>((value, part) => (value as Record<string, unknown>)?.[part], en);

const tables = new Map(
  languages.map(({ format: _format, ...sentences }) => [
    sentences.language,
    new Map(sentencesOf(sentences)),
  ]),
);
const names = [...tables.keys()];
const pairs = names.flatMap((one, index) =>
  names.slice(index + 1).map((other) => [one, other] as const),
);

describe('the catalogues', () => {
  it.each(pairs)('%s and %s share no sentence', (one, other) => {
    const shared = [...(tables.get(one) ?? [])].filter(
      ([key, sentence]) => countWords(sentence) > 2 && tables.get(other)?.get(key) === sentence,
    );
    expect(shared).toEqual([]);
  });

  it.each(names)('%s uses all that a sentence is given', (language) => {
    const different = [...(tables.get('en') ?? [])].filter(
      ([key, sentence]) => usedIn(sentence) !== usedIn(tables.get(language)?.get(key)),
    );
    expect(different).toEqual([]);
  });

  it('French breaks no line before a double sign or within its quotes', () => {
    const torn = [...(tables.get('fr') ?? [])].filter(([, sentence]) =>
      / [;:!?»]|« /.test(sentence),
    );
    expect(torn).toEqual([]);
  });
});

const folder = new URL('../views/', import.meta.url);
const views = readdirSync(folder).map((name) => [
  name,
  readFileSync(new URL(name, folder), 'utf8'),
]);

describe.each(views)('%s', (_name, view = '') => {
  it('has no words of its own', () => {
    const text = view
      .replaceAll(/<%.*?%>|<style.*?<\/style>|<title>.*?<\/title>/gs, '')
      .replaceAll(/<[^>]*>/g, '');
    expect(text.match(/\p{L}{2,}/gu) ?? []).toEqual([]);
    expect(view.match(/(?:aria-label|alt|title|placeholder)="[^"<]+/g) ?? []).toEqual([]);
  });

  it('asks for words that there are', () => {
    const keys = [...view.matchAll(/\bwords((?:\.\w+)+)/g)].map(([, key = '']) => key.slice(1));
    expect(keys.filter((key) => valueAt(key) === undefined)).toEqual([]);
  });
});
