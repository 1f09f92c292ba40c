export const MIN_SECRET_LENGTH = 32;

const WORDS =
  /secret|passw(?:or)?d|latchkey|session|change|example|develop|production|default|letmein|qwerty|test/gi;

/** Three words or more with separators, a number after them or not, such as `correct horse battery staple 7`. */
const PHRASE = /^[A-Z]?[a-z]+(?:[-_. ]+[A-Z]?[a-z]+){2,}[-_. ]*\d*$/;

/**
 * Why a session secret can be guessed. It finds what people type; it cannot prove that a secret is random.
 *
 * @returns a phrase that follows its name, or null
 */
export function weaknessOf(secret: string): string | null {
  if (secret.length < MIN_SECRET_LENGTH) return `has fewer than ${MIN_SECRET_LENGTH} characters`;
  if (isRepeated(secret)) return 'repeats itself';
  if (isPlaceholder(secret)) return 'still has the words of an example';
  const inWords = (secret.match(WORDS) ?? []).join('').length;
  return inWords > secret.length / 4 || PHRASE.test(secret) ? 'is made of words' : null;
}

/** Whether it is one shorter piece again and again, the last one perhaps cut short. */
export function isRepeated(secret: string): boolean {
  const periods = Array.from(
    { length: Math.floor(secret.length / 2) },
    (_item, index) => index + 1,
  );
  return periods.some((period) => secret.slice(period) === secret.slice(0, -period));
}

/** What stands in examples where a secret belongs. */
const PLACEHOLDER =
  /^(?:[x*.\-_?]+|<.*>|\[.*\]|\$\{.*\}|(?:your|put|insert|replace|change)[-_ ].*|(?:change|replace)(?:me|it|this).*|to[-_ ]?do|tbd|secret|password|example|placeholder|test|none|null|undefined|.*not[-_ ]for[-_ ]production.*)$/i;

export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDER.test(secret);
}
