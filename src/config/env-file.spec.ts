import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { addEnvFile, EnvFileError, parseEnv } from './env-file.js';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-env-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

/** What a file with these bytes adds to an environment. */
function read(bytes: string | Buffer, environment: Record<string, string | undefined> = {}) {
  const file = join(folder, 'written');
  writeFileSync(file, bytes);
  addEnvFile(file, environment);
  return environment;
}

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof EnvFileError) return error.message;
    throw error;
  }
  return '';
}

const VARIABLES = { PORT: '3001', APP_NAME: 'Zoë 美咲' };
const TEXT = 'PORT=3001\nAPP_NAME=Zoë 美咲\n';

describe('a file', () => {
  it.each<[string, string | Buffer]>([
    ['as it should be', TEXT],
    ['with a byte order mark', `\uFEFF${TEXT}`],
    ['with the line ends of Windows', TEXT.replaceAll('\n', '\r\n')],
    ['with the line ends of an old Mac', TEXT.replaceAll('\n', '\r')],
    ['with both', `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`],
    ['without a line end', TEXT.trimEnd()],
    ['of PowerShell', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
    ['in UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['in UTF-16, the other way round', swapped(`\uFEFF${TEXT}`)],
    ['in UTF-16, the other way round, without a mark', swapped(TEXT)],
  ])('%s is read', (_what, bytes) => {
    expect(read(bytes)).toEqual(VARIABLES);
  });

  it('adds to the environment, and replaces nothing', () => {
    expect(read(TEXT, { PORT: '1', HOST: 'x' })).toEqual({ ...VARIABLES, PORT: '1', HOST: 'x' });
    expect(read('')).toEqual({});
  });

  it('that is not there is none', () => {
    const environment = {};
    addEnvFile(join(folder, 'nowhere'), environment);
    expect(environment).toEqual({});
  });

  it('that is a folder is refused', () => {
    const place = join(folder, 'folder');
    mkdirSync(place);
    expect(refusal(() => addEnvFile(place, {}))).toMatch(
      new RegExp(`^The file ${place} is a folder, .* Remove it`),
    );
  });

  it('that leads nowhere is refused', () => {
    const place = join(folder, 'link');
    symlinkSync(join(folder, 'gone'), place);
    expect(refusal(() => addEnvFile(place, {}))).toContain('cannot be read (ENOENT)');
  });

  it('that cannot be read is refused', () => {
    const place = join(folder, 'loop');
    symlinkSync(place, place);
    expect(refusal(() => addEnvFile(place, {}))).toContain('cannot be read (ELOOP). Let the user');
  });

  it('is refused with every line that is wrong, and without what they hold', () => {
    const text = "PORT=1\nhunter2\n# fine\nA=\"canary\nB='c'd\nexport C\n=x\n1A=x\n";
    const message = refusal(() =>
      read(Buffer.concat([Buffer.from(text), Buffer.from('D=Zo\xeb', 'latin1')])),
    );
    expect(message.split('\n')).toEqual([
      `The file ${join(folder, 'written')} cannot be used:`,
      '  line 2 is not NAME=value',
      '  line 4 begins a value with ", and nothing ends it',
      "  line 5 has more behind the ' that ends its value",
      '  line 6 is not NAME=value',
      '  line 7 is not NAME=value',
      '  line 8 is not NAME=value',
      '  line 9 is not UTF-8: save the file as UTF-8',
    ]);
  });

  it('is refused where it has gone through other encodings', () => {
    const latin = Buffer.from('# Zoë\nAPP_NAME=Zoë\n', 'latin1');
    expect(refusal(() => read(latin))).toMatch(/line 1 is not UTF-8.*\n.*line 2 is not UTF-8/);
  });
});

describe('a line', () => {
  it.each([
    ['A=b', 'b'],
    ['A = b ', 'b'],
    ['export A=b', 'b'],
    ['  A=b', 'b'],
    ['A=', ''],
    ['A=b=c', 'b=c'],
    ['A=b # comment', 'b'],
    ['A=b\t# comment', 'b'],
    ['A= # comment', ''],
    ['A=b#c', 'b#c'],
    ['A=#ff8800', '#ff8800'],
    ['A=postgres://u:a#b@h/d', 'postgres://u:a#b@h/d'],
    ['A="b c" # comment', 'b c'],
    ['A="b#c"', 'b#c'],
    ["A='b'", 'b'],
    ['A=`b"c\'d`', 'b"c\'d'],
    ['A="b\\nc"', 'b\nc'],
    ["A='b\\nc'", 'b\\nc'],
    ['A="b\n c\n"', 'b\n c\n'],
    ['A=""', ''],
    ['A=it’s', 'it’s'],
    ["A=it's", "it's"],
    ['A=a\nA=b', 'b'],
  ])('%j has the value %j', (line, value) => {
    expect(parseEnv(`# before\n\n${line}\nZ=z`)).toEqual({
      variables: new Map([
        ['A', value],
        ['Z', 'z'],
      ]),
      faults: [],
    });
  });
});
