/**
 * Fails when something in the lockfile would be installed unverified: npm checks a package against its `integrity`, and
 * passes over one that has none.
 *
 *     node build/check-lockfile.mjs [file]
 */
import { readFileSync } from 'node:fs';

const file = process.argv[2] ?? 'package-lock.json';
const { packages } = JSON.parse(readFileSync(file, 'utf8'));
/** The project itself, at the empty path, and its workspaces. */
const own = new Set(['', ...(packages['']?.workspaces ?? [])]);

const problems = Object.entries(packages).flatMap(
  ([path, { integrity, resolved, link, inBundle }]) => {
    // What is not installed; and what comes inside of another package, with its integrity.
    if (own.has(path) || inBundle === true) return [];
    if (link === true) return own.has(resolved) ? [] : [`${path} is a link`];
    // What is packed from this checkout is as good as it is; an integrity would be that of an earlier one.
    if (resolved?.startsWith('file:../')) {
      return integrity === undefined ? [] : [`${path} is ours, and has an integrity: take it out`];
    }
    if (!/^sha512-[\w+/]{86}==$/.test(integrity ?? '')) return [`${path} has no sha512 integrity`];
    // A registry's address would tie everybody to it.
    return resolved === undefined ? [] : [`${path} names where it comes from: ${resolved}`];
  },
);

if (problems.length > 0) {
  process.stderr.write(
    `${file}:\n  ${problems.join('\n  ')}\nnpm leaves integrity out where node_modules is there: see “Change a dependency” in CONTRIBUTING.md.\n`,
  );
  process.exitCode = 1;
}
