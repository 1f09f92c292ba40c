import { styleText } from 'node:util';
import { escapeControlCharacters } from '../common/unsafe-characters.js';
import type { Finding, Status } from './check.js';

const WORDS: Readonly<Record<Status, string>> = {
  ok: 'ok     ',
  warning: 'warning',
  broken: 'BROKEN ',
};

const COLOURS = { ok: 'green', warning: 'yellow', broken: 'red' } as const;

/** Formats findings for a terminal, in groups. Control characters in them are escaped: some texts come from outside. */
export function renderReport(
  findings: readonly Finding[],
  { colour }: { colour: boolean },
): string {
  const groups = [...new Set(findings.map(({ check }) => check))];
  const paint = (status: Status) =>
    colour ? styleText(COLOURS[status], WORDS[status], { validateStream: false }) : WORDS[status];
  const lines = groups.flatMap((group) => [
    group,
    ...findings
      .filter(({ check }) => check === group)
      .flatMap(({ status, message, action }) => [
        `  ${paint(status)}  ${escapeControlCharacters(message)}`,
        ...(action === null ? [] : [`             ${escapeControlCharacters(action)}`]),
      ]),
    '',
  ]);
  return `${lines.join('\n')}\n${summaryOf(findings)}\n`;
}

export function isBroken(findings: readonly Finding[]): boolean {
  return findings.some(({ status }) => status === 'broken');
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (wanted: Status) => findings.filter(({ status }) => status === wanted).length;
  const counts = `${count('broken')} broken, ${count('warning')} warning(s), ${count('ok')} ok.`;
  return isBroken(findings) ? `${counts} Correct what is broken first.` : counts;
}
