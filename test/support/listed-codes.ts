import { readFileSync } from 'node:fs';
import type { Response } from 'supertest';

interface Operation {
  operationId: string;
  'x-error-codes': string[];
}

const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};

/** Those without a parameter first: they are matched before the others. */
const routes = Object.entries(paths)
  .map(([path, methods]) => ({
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
    parameters: path.split('{').length,
    methods,
  }))
  .toSorted((one, other) => one.parameters - other.parameters);

/**
 * Throws where an operation has answered a code, or sent a browser on with one, that its description does not list.
 *
 * @param path without the prefix of PUBLIC_URL
 */
export function requireListed(method: string, path: string, response: Response): void {
  const code = codeOf(response);
  const operation = routes.find(({ pattern }) => pattern.test(path))?.methods[method];
  if (code === null || operation === undefined) return;
  if (operation['x-error-codes'].includes(code)) return;
  throw new Error(`openapi.json lists no ${code} at ${operation.operationId}`);
}

function codeOf({ headers, text }: Response): string | null {
  const { location, 'content-type': type = '' } = headers as Record<string, string | undefined>;
  if (type.startsWith('application/problem+json')) return (JSON.parse(text) as Problem).code;
  return location !== undefined && URL.canParse(location, 'http://base')
    ? new URL(location, 'http://base').searchParams.get('error')
    : null;
}

interface Problem {
  code: string;
}
