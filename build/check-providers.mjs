/**
 * Fails when a provider is missing in a place that neither the compiler nor a test looks at (“Add a provider” in
 * CONTRIBUTING.md).
 *
 *     node build/check-providers.mjs
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const read = (file) => readFileSync(file, 'utf8');
const ids = readdirSync('src/providers', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const places = (id, label) => [
  ['.env.example', `${id.toUpperCase()}_CLIENT_ID`],
  ['compose.yaml', `${id.toUpperCase()}_CLIENT_ID`],
  ['docs/operations/providers.md', `${id.toUpperCase()}_CLIENT_ID`],
  ['README.md', label],
  ['docs/operations/troubleshooting.md', label],
  ['docs/decisions/0003-who-may-sign-in-as-whom.md', label],
  ['build/bundle.mjs', packageOf(id)],
  ['docs/dependencies.md', packageOf(id)],
];

const problems = ids.flatMap((id) => {
  const [, label] = /label: '([^']+)'/.exec(read(`src/providers/${id}/${id}.ts`)) ?? [];
  if (label === undefined) return [`src/providers/${id}/${id}.ts has no label`];
  const missing = places(id, label)
    .filter(([file, words]) => !read(file).includes(words))
    .map(([file, words]) => `${file} does not mention ${words}`);
  return existsSync(`src/sandbox/${id}`) ? missing : [...missing, `src/sandbox/${id} is missing`];
});

/** The passport package that its strategy is made of. */
function packageOf(id) {
  return (
    /from '(passport-[\w-]+)'/.exec(read(`src/auth/${id}/${id}.strategy.ts`))?.[1] ?? 'passport-…'
  );
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}
