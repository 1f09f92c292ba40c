import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Finding } from './check.js';
import { renderReport } from './render-report.js';

const findings: Finding[] = [
  { check: 'clock', status: 'ok', message: 'It agrees.', action: null },
  { check: 'database', status: 'broken', message: 'It is down.', action: 'Start it.' },
  { check: 'clock', status: 'warning', message: 'It is late.', action: 'Wind it.' },
];

describe('renderReport', () => {
  it('has a group per check, what to do on the next line, and a summary', () => {
    expect(renderReport(findings, { colour: false })).toBe(
      [
        'clock',
        '  ok       It agrees.',
        '  warning  It is late.',
        '             Wind it.',
        '',
        'database',
        '  BROKEN   It is down.',
        '             Start it.',
        '',
        '1 broken, 1 warning(s), 1 ok. Correct what is broken first.',
        '',
      ].join('\n'),
    );
  });

  it('adds colours and changes no word', () => {
    const coloured = renderReport(findings, { colour: true });
    expect(coloured).toContain('\u001B[31m');
    expect(stripVTControlCharacters(coloured)).toBe(renderReport(findings, { colour: false }));
  });

  it('lets nothing that came from elsewhere steer the terminal', () => {
    const hostile: Finding = {
      check: 'request',
      status: 'broken',
      message: 'to \u001B[2Jhttp://evil\r\nok',
      action: null,
    };
    expect(renderReport([hostile], { colour: false })).toContain(
      'to \\u001b[2Jhttp://evil\\u000d\\u000aok\n',
    );
  });
});
