import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const packageSchema = z.object({ name: z.literal('latchkey'), version: z.string() });

/** The version in the package.json that this file belongs to, the nearest of our name above it. */
export function version(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    const found =
      existsSync(file) && packageSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (found !== false && found.success) return found.data.version;
    if (folder === dirname(folder)) return 'unknown';
  }
}
