/**
 * Writes what `@latchkey/client` knows of the API from its description: the types, and the codes of errors. With `--check`
 * it writes nothing, and fails where they differ.
 *
 *     node build/client-types.mjs [--check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const FROM = 'openapi.json';
const document = JSON.parse(readFileSync(FROM, 'utf8'));
const notice = `// Written from ${FROM} by build/client-types.mjs (npm run client:types).\n`;

/** @returns the list of codes, wherever in the document it stands */
function errorCodes({ components: { schemas } }) {
  return schemas.ErrorCode?.enum ?? schemas.Problem.properties.code.enum;
}

const files = {
  'client/src/schema.ts': astToString(await openapiTS(document)),
  'client/src/codes.ts': `/** The codes that an error may have. */\nexport const errorCodes = ${JSON.stringify(errorCodes(document))} as const;\n`,
};

const isCheck = process.argv.includes('--check');
for (const [file, text] of Object.entries(files)) {
  const style = await resolveConfig(file);
  const written = await format(notice + text, { ...style, filepath: file });
  if (!isCheck) writeFileSync(file, written);
  else if (readFileSync(file, 'utf8') !== written) {
    process.stderr.write(`${file} is not what ${FROM} says: npm run client:types\n`);
    process.exitCode = 1;
  }
}
