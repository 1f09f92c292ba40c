import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorCodes, messageOf, statusOf } from '../../src/common/errors/app-error.js';
import { errorPages } from '../../src/pages/text/en/errors.js';

const errors = readFileSync('docs/errors.md', 'utf8');
const troubleshooting = readFileSync('docs/operations/troubleshooting.md', 'utf8');

describe('the documentation of errors', () => {
  it.each(errorCodes)('explains %s to a front end, with its status', (code) => {
    const row = errors.split('\n').find((line) => line.split('|')[1]?.includes(`\`${code}\``));
    expect(row?.split('|')[2]).toContain(String(statusOf(code)));
  });

  it.each(errorCodes)('explains %s to an operator, who knows what people see', (code) => {
    const section = troubleshooting.split(`\n## \`${code}\`\n`)[1]?.split('\n## ')[0] ?? '';
    const [seen = '', ...advice] = section.trim().split('\n\n');
    expect(seen).toBe(`The person sees: “${messageOf(code)}”`);
    expect(advice.join('')).not.toBe('');
  });

  it('quotes what pages say in other words', () => {
    for (const sentence of [errorPages.wait('30 seconds'), errorPages.unavailable]) {
      expect(troubleshooting).toContain(`On a page: “${sentence}”`);
    }
  });

  it('has no section for a code that does not exist', () => {
    const codes = [...troubleshooting.matchAll(/^## `(.+)`$/gm)].map(([, code = '']) => code);
    expect(codes.toSorted()).toEqual(errorCodes.toSorted());
  });
});
