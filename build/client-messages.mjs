/**
 * Writes what `@latchkey/client/messages` says of each error, in every language of the pages: the sentences are those of
 * the same catalogues. With `--check` it writes nothing, and fails where they differ.
 *
 *     node build/client-messages.mjs [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

const FILE = 'client/src/sentences.ts';

/** The catalogues are code, which has to be compiled before it says anything. */
async function languages() {
  const { outputFiles } = await build({
    entryPoints: ['src/pages/text/words.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).languages;
}

const sentences = (await languages()).map(({ language, errors }) => [language, errors.codes]);
const text = `// Written from src/pages/text by build/client-messages.mjs (npm run client:messages).
/** What each code says to a person, by language. */
export const sentences = ${JSON.stringify(Object.fromEntries(sentences))} as const;
`;
const written = await format(text, { ...(await resolveConfig(FILE)), filepath: FILE });

if (!process.argv.includes('--check')) writeFileSync(FILE, written);
else if (readFileSync(FILE, 'utf8') !== written) {
  process.stderr.write(`${FILE} is not what src/pages/text says: npm run client:messages\n`);
  process.exitCode = 1;
}
