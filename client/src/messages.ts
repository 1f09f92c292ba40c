import { inLanguage } from './label.js';
import { sentences } from './sentences.js';

export { signInLabel } from './label.js';

type Sentences = Readonly<Record<keyof typeof sentences.en, string>>;

/**
 * The sentence that tells a person what has happened and what to do.
 *
 * @param locale a language tag (BCP 47), such as `navigator.language`; where its language is not there, it is English
 */
export function errorMessage(code: keyof Sentences, locale = 'en'): string {
  const words = inLanguage<Sentences>(sentences, locale);
  // Whoever does not check types may ask for a code of a newer service.
  return Object.hasOwn(words, code) ? words[code] : words.internal_error;
}
