import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const serviceVersion: string = find(dirname(fileURLToPath(import.meta.url)));

function find(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file)) {
    const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    if (name === 'latchkey' && typeof version === 'string') return version;
  }
  const above = dirname(folder);
  return above === folder ? 'unknown' : find(above);
}
