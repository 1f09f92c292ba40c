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
const { openapi, info, components } = JSON.parse(readFileSync(FROM, 'utf8'));
const { schemas } = components;
const notice = `// Written from ${FROM} by build/client-types.mjs (npm run client:types).\n`;

// What goes over the wire is enough: which path has it is the client's own business, and its tests'.
const types = await openapiTS({ openapi, info, paths: {}, components: { schemas } });

const files = {
  'client/src/schema.ts': astToString(types),
  'client/src/codes.ts': `/** The codes that an error may have. */\nexport const errorCodes = ${JSON.stringify(schemas.ErrorCode.enum)} as const;\n`,
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
