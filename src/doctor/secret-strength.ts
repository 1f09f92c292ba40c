/** What a secret has to have at least, in bits as `estimatedBits` counts them; 16 random bytes in hex have about 115, and hardly ever less than 95. */
const MIN_BITS = 80;

/** Words that people write where a random value should stand. */
const WORDS =
  /secret|passw(?:or)?d|latchkey|session|change|example|develop|production|default|letmein|qwerty|test/gi;

/** Three words or more with something between them, as in a sentence or a name with hyphens; a number may follow. */
const WRITTEN = /^[A-Z]?[a-z]+(?:[-_. ]+[A-Z]?[a-z]+){2,}[-_. ]*\d*$/;

/**
 * Why a secret can be guessed.
 *
 * The entropy of its characters is an upper bound for how random it is: text that was typed passes it easily. So what
 * people type is looked for as well.
 *
 * @returns a phrase that follows its name, or null when nothing speaks against it
 */
export function weaknessOf(secret: string, minLength: number): string | null {
  if (secret.length < minLength) return `has fewer than ${minLength} characters`;
  if (isRepetition(secret)) return 'repeats itself';
  if (stepsInOrder(secret) > secret.length / 2) return 'follows the order of the alphabet';
  if (estimatedBits(secret) < MIN_BITS) return 'has too few different characters';
  if (wordShare(secret) > 1 / 4 || WRITTEN.test(secret)) {
    return 'is made of words';
  }
  return null;
}

/** Shannon's entropy of the characters, times their number (Shannon 1948, §6). In bits. */
export function estimatedBits(secret: string): number {
  const counts = new Map<string, number>();
  for (const character of secret) counts.set(character, (counts.get(character) ?? 0) + 1);
  const { length } = secret;
  let perCharacter = 0;
  for (const count of counts.values()) {
    perCharacter -= (count / length) * Math.log2(count / length);
  }
  return perCharacter * length;
}

/** Whether it is one shorter piece over and over, the last one perhaps cut short. */
function isRepetition(secret: string): boolean {
  for (let period = 1; period <= secret.length / 2; period += 1) {
    if (secret.slice(period) === secret.slice(0, -period)) return true;
  }
  return false;
}

/** How many characters are the one before, plus or minus one: `abcdef`, `987654`. */
function stepsInOrder(secret: string): number {
  let steps = 0;
  for (let index = 1; index < secret.length; index += 1) {
    if (Math.abs(secret.charCodeAt(index) - secret.charCodeAt(index - 1)) === 1) steps += 1;
  }
  return steps;
}

/** Which part of its characters belongs to words that people write there. */
function wordShare(secret: string): number {
  const inWords = (secret.match(WORDS) ?? []).reduce((sum, word) => sum + word.length, 0);
  return inWords / secret.length;
}
