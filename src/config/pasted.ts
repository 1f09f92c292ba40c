import { providerIds } from '../common/provider-id.js';
import type { Problem } from './config-error.js';
import { knownVariables } from './misspelt.js';
import { clientIdVariable, clientSecretVariable } from './providers.js';

type SetVariables = Readonly<Record<string, string | undefined>>;

/** As `docker run --env-file` and Kubernetes leave them, and as word processors make them. */
const QUOTED = /^["'`“”„‘’«»][^]*["'`“”„‘’«»]$/;

/** White space, and what is not visible at all: control and format characters, such as U+200B. */
const INVISIBLE = /[\s\p{C}]/u;

/** A passphrase has blanks. */
const INVISIBLE_IN_SECRET = /[^\S ]|\p{C}/u;

/** A quote at one end is a rest of two. */
const HALF_QUOTED = /^["'`“”„‘’«»]|["'`“”„‘’«»]$/;

const WITHOUT_SPACE: ReadonlySet<string> = new Set([
  'SESSION_SECRET',
  'SERVICE_KEYS',
  ...providerIds.flatMap((id) => [clientIdVariable(id), clientSecretVariable(id)]),
]);

/** What came along when a value was pasted: it would be taken for a part of it, and nothing would work with it. */
export function pastedFaults(set: SetVariables): Problem[] {
  return knownVariables.flatMap((variable) => {
    const value = set[variable] ?? '';
    const items = value.split(',').map((item) => item.trim());
    const isCode = WITHOUT_SPACE.has(variable);
    const isQuoted = (text: string) =>
      text.length > 1 && (isCode ? HALF_QUOTED : QUOTED).test(text);
    if ([value, ...items].some(isQuoted)) {
      return [{ variable, needs: 'has quotes around its value: leave them out' }];
    }
    const invisible = variable === 'SESSION_SECRET' ? INVISIBLE_IN_SECRET : INVISIBLE;
    if (isCode && items.some((item) => invisible.test(item))) {
      return [
        {
          variable,
          needs: 'has white space or invisible characters in it: paste it again, in one piece',
        },
      ];
    }
    return [];
  });
}
