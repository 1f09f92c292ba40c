import type { Config } from '../config/config.js';
import { enabledProviders } from '../config/providers.js';
import { DEVELOPMENT_SECRET } from '../config/cross-check.js';
import { clientSecretVariable } from '../config/providers.js';
import { MIN_SECRET_LENGTH } from '../config/variables.js';
import type { Check } from './check.js';
import { broken, type Judgement, ok, warning } from './finding.js';
import { usesSandbox } from '../config/providers.js';
import { weaknessOf } from './secret-strength.js';

const MAKE_ONE = 'Make one with: openssl rand -base64 48';

/** Whether what signs cookies can be guessed, and whether client secrets were ever set. No finding repeats one. */
export const secrets: Check = {
  name: 'secrets',
  needs: ['SESSION_SECRET'],
  asksOthers: false,
  look: ({ config }) => [...judgeSessionSecrets(config), ...judgeClientSecrets(config)],
};

/** Judges what signs cookies and seals attempts. Secrets are told apart by their place, never by what they are. */
export function judgeSessionSecrets({
  secrets: all,
  production,
  publicUrl,
}: Pick<Config, 'secrets' | 'production' | 'publicUrl'>): Judgement[] {
  const bad = production || publicUrl.secure ? broken : warning;
  const found = all.flatMap((secret, index) => {
    const name =
      all.length === 1
        ? 'SESSION_SECRET'
        : `Secret ${index + 1} of ${all.length} in SESSION_SECRET`;
    if (secret === DEVELOPMENT_SECRET) {
      return production || publicUrl.secure
        ? [broken(`${name} is the development default, which everybody knows.`, MAKE_ONE)]
        : [ok(`${name} is the development default.`, `Before others can reach it: ${MAKE_ONE}`)];
    }
    const weakness = weaknessOf(secret, MIN_SECRET_LENGTH);
    return weakness === null ? [] : [bad(`${name} ${weakness}: it can be guessed.`, MAKE_ONE)];
  });
  if (all.length > 1) {
    found.push(
      ok(
        `SESSION_SECRET has ${all.length} secrets: the first signs, the others are still accepted.`,
        'Take the old ones out once their sessions have been seen again, at the latest after SESSION_ABSOLUTE_SECONDS.',
      ),
    );
  }
  return found.length > 0 ? found : [ok('SESSION_SECRET is long and looks random.')];
}

/** What stands in a file before somebody has put the real value in. */
const PLACEHOLDER =
  /^(?:[x*.\-_?]+|<.*>|\[.*\]|\$\{.*\}|your\b.*|your[-_].*|change[-_ ]?(?:me|it|this).*|replace[-_ ]?me.*|to[-_ ]?do|tbd|secret|password|example|placeholder|test|none|null|undefined)$/i;

function judgeClientSecrets(config: Config): Judgement[] {
  return enabledProviders(config.providers).flatMap((id) => {
    const secret = config.providers[id]?.clientSecret ?? '';
    if (usesSandbox(config, id) || !isPlaceholder(secret)) return [];
    return [
      warning(
        `${clientSecretVariable(id)} looks like a placeholder.`,
        'Put in the secret that the provider’s console shows.',
      ),
    ];
  });
}

/** Whether a client secret looks like nobody has set it. */
export function isPlaceholder(secret: string): boolean {
  return PLACEHOLDER.test(secret);
}
