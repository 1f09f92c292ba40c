import { labels } from './labels.js';

/** What there is for the language of a tag (BCP 47): its region and script do not matter. Otherwise it is English. */
export function inLanguage<Words>(all: { readonly en: Words }, locale: string): Words {
  const [language = ''] = locale.toLowerCase().split('-', 1);
  return new Map<string, Words>(Object.entries(all)).get(language) ?? all.en;
}

/**
 * What a link to a provider says, such as “Continue with Google”.
 *
 * @param provider its `label`
 * @param locale a language tag (BCP 47), such as `navigator.language`; where its language is not there, it is English
 */
export function signInLabel(provider: string, locale = 'en'): string {
  return inLanguage<string>(labels, locale).replace('{provider}', () => provider);
}
