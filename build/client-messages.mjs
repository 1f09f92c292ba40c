/**
 * Writes what `@latchkey/client` says to people, in every language of the pages: of each error, and on its links. The
 * words are those of the same catalogues. With `--check` it writes nothing, and fails where they differ.
 *
 *     node build/client-messages.mjs [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { format, resolveConfig } from 'prettier';

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

const words = await languages();
const byLanguage = (wordsOf) =>
  JSON.stringify(Object.fromEntries(words.map((of) => [of.language, wordsOf(of)])));

const files = {
  'client/src/sentences.ts': `/** What each code says to a person, by language. */
export const sentences = ${byLanguage(({ errors }) => errors.codes)} as const;
`,
  // Apart, since pages that say them need no sentence.
  'client/src/labels.ts': `/** What a link to a provider says, by language. */
export const labels = ${byLanguage(({ signIn }) => signIn.continueWith('{provider}'))} as const;
`,
};

const isCheck = process.argv.includes('--check');
for (const [file, text] of Object.entries(files)) {
  const notice = `// Written from src/pages/text by build/client-messages.mjs (npm run client:messages).\n`;
  const style = await resolveConfig(file);
  const written = await format(notice + text, { ...style, filepath: file });
  if (!isCheck) writeFileSync(file, written);
  else if (readFileSync(file, 'utf8') !== written) {
    process.stderr.write(`${file} is not what src/pages/text says: npm run client:messages\n`);
    process.exitCode = 1;
  }
}
