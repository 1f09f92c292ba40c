import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { databaseHost, databaseUrl, decidesOnTls } from './database-url.js';

const folder = mkdtempSync(join(tmpdir(), 'latchkey-database-url-'));
afterAll(() => rmSync(folder, { recursive: true }));

function pair(name: string): [cert: string, key: string] {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const how = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  const args = `req -x509 ${how} -subj /CN=${name} -keyout ${key} -out ${cert}`.split(' ');
  execFileSync('openssl', args, { stdio: 'ignore' });
  return [cert, key];
}

const [cert, key] = pair('own');
const [, otherKey] = pair('other');
const noPem = join(folder, 'no.pem');
writeFileSync(noPem, 'no certificate\n');

const problemsOf = (url: string): string[] =>
  (databaseUrl.safeParse(url).error?.issues ?? []).map(({ message }) => message);
const withQuery = (query: string) => problemsOf(`postgres://ada:hunter2@host/people?${query}`);

it.each([
  'file:./data/latchkey.db',
  'postgres://ada:hunter2@host/people',
  'postgres://ada:hunter2@host:5433/people',
  'postgresql://ada@%2Frun%2Fpostgresql/people',
  'postgres:///people?host=/run/postgresql&port=5433',
  ...['ssl=true', 'ssl=0', 'sslmode=disable', 'sslmode=no-verify', 'port=', 'sslmode='].map(
    (query) => `postgres://host/people?${query}`,
  ),
  `postgres://host/people?sslmode=verify-full&sslrootcert=${cert}&sslcert=${cert}&sslkey=${key}`,
])('accepts %s', (url) => {
  expect(problemsOf(url)).toEqual([]);
});

it.each([
  'a#b',
  'a/b',
  'a?b',
  '1#b',
  '1/b',
  '1?b',
  'a@b#c',
  'q/b==',
  '1/b==',
  'q?b==',
  '#',
  'p%e9x',
  'a\tb',
  'a\nb',
])('says to percent-encode what ends the host’s part, of the password %j', (password) => {
  const problems = problemsOf(`postgres://ada:${password}@host/people?application_name=a@b`);
  expect(problems).toEqual([
    expect.stringMatching(/percent-encode # as %23, \/ as %2F, \? as %3F/),
  ]);
});

it.each([
  'postgres://ada@server:hunter2@host/people',
  'postgres://ada:hunter2@host/people?application_name=a@b',
  'postgres:///people?host=/run/postgresql&user=ada@server',
  'postgres://ada:a%23b%2Fc%3Fd@host/people',
  'postgres://ada:a%b&c=d;e f@host/people',
  'file:./a b@c#d/latchkey.db',
])('takes nothing in %s for the end of the host', (url) => {
  expect(problemsOf(url)).toEqual([]);
});

it.each([
  ['port=abc', 'needs a port from 1 to 65535'],
  ['port=0', 'needs a port from 1 to 65535'],
  ['port=65536', 'needs a port from 1 to 65535'],
  ['ssl=false', 'needs one of true, 1, 0, no-verify in its ssl parameter'],
  [
    'sslmode=verify',
    'needs one of disable, prefer, require, verify-ca, verify-full, no-verify in its sslmode parameter',
  ],
  ['sslmode=disable&sslmode=require', 'has the parameter sslmode more than once'],
  ['sslmode=verify-ca&uselibpqcompat=true', 'needs sslrootcert with sslmode=verify-ca'],
  ['sslrootcert=/nowhere.pem', 'names a file in sslrootcert that cannot be read (ENOENT)'],
  ['sslcert=/', 'names a file in sslcert that cannot be read (EISDIR)'],
  [`sslrootcert=${noPem}`, 'names a file in sslrootcert that has no certificate in PEM'],
  [`sslcert=${key}`, 'names a file in sslcert that has no certificate in PEM'],
  [`sslkey=${cert}`, 'names a file in sslkey that has no private key in PEM without a passphrase'],
  [
    `sslcert=${cert}&sslkey=${otherKey}`,
    'names a key in sslkey that does not belong to the certificate in sslcert',
  ],
])('rejects %s', (query, problem) => {
  expect(withQuery(query)).toEqual([problem]);
});

it('rejects an invalid port in the address too', () => {
  expect(problemsOf('postgres://host:0/people')).toEqual(['needs a port from 1 to 65535']);
});

it('reports every problem at once, without repetition', () => {
  const problems = withQuery('port=hunter2&sslmode=hunter2&sslkey=/hunter2');
  expect(problems).toHaveLength(3);
  expect(problems.join()).not.toContain('hunter2');
});

describe('databaseHost', () => {
  it.each([
    ['postgres://u:p@db.example.com:5433/d', 'db.example.com'],
    ['postgres://u@%2Frun%2Fpostgresql/d', '/run/postgresql'],
    ['postgres:///d', ''],
  ])('%s', (url, host) => {
    expect(databaseHost(url)).toBe(host);
  });
});

describe('decidesOnTls', () => {
  it.each([
    ['', false],
    ['?application_name=x', false],
    ['?sslmode=', false],
    ['?ssl=0', false],
    ['?sslmode=disable', true],
    ['?sslmode=verify-full', true],
    ['?ssl=true', true],
    ['?ssl=no-verify', true],
    ['?sslrootcert=/ca.pem', true],
  ])('%j: %j', (query, decides) => {
    expect(decidesOnTls(`postgres://db.example.com/people${query}`)).toBe(decides);
  });

  it('asks PGSSLMODE, as pg does, where the connection string is silent', () => {
    expect(decidesOnTls('postgres://db.example.com/people', 'require')).toBe(true);
    expect(decidesOnTls('postgres://db.example.com/people', 'perhaps')).toBe(false);
    expect(decidesOnTls('postgres://db.example.com/people?ssl=0', 'require')).toBe(false);
  });
});
