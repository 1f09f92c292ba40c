import { styleText } from 'node:util';
import { escapeControlCharacters } from '../common/plain-text.js';
import type { Finding, Status } from './finding.js';

const WORDS: Readonly<Record<Status, string>> = {
  ok: 'ok     ',
  warning: 'warning',
  broken: 'BROKEN ',
};

const COLOURS = { ok: 'green', warning: 'yellow', broken: 'red' } as const;

/**
 * Writes findings for a terminal: a group per check, a line per finding and one for what to do, and a summary. Some of
 * what is shown comes from elsewhere: it cannot steer the terminal.
 *
 * @param colour whether the terminal shows colours; the words say the same without
 */
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

/** Whether anything is broken. */
export function isBroken(findings: readonly Finding[]): boolean {
  return findings.some(({ status }) => status === 'broken');
}

function summaryOf(findings: readonly Finding[]): string {
  const count = (wanted: Status) => findings.filter(({ status }) => status === wanted).length;
  const counts = `${count('broken')} broken, ${count('warning')} warning(s), ${count('ok')} ok.`;
  return isBroken(findings) ? `${counts} Correct what is broken first.` : counts;
}
