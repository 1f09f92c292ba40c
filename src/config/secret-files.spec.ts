import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigError } from './config-error.js';
import { type Environment, loadConfig } from './load-config.js';
import { fileVariable, secretVariables, withSecretFiles } from './secret-files.js';
import { providerVariables } from './providers.js';
import { variables } from './variables.js';

const SECRET = 'q7Zb0vT3mXr8KcYw1NfHs5LdPjAe9UgQ4tRiVoBxCk2M';
const OLDER = 'hJ4wPz0RkX9vLs2QeTn7YbUc5GdMaF8iOx3ZtVqB6CrK';

/** A file system of a few files; everything else is not there. */
function filesOf(files: Record<string, string>) {
  return (path: string) => {
    const contents = files[path];
    if (contents === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return contents;
  };
}

/** The lines of the message about an environment that is not usable. */
function linesFor(environment: Environment): string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1, -1);
    throw error;
  }
  return [];
}

describe('the variables that may name a file', () => {
  it('are all variables whose name implies a secret, and each provider’s id', () => {
    const all = [...Object.keys(variables.shape), ...Object.keys(providerVariables.shape)];
    const secret = /SECRET|PASSWORD|TOKEN$|KEY|DATABASE_URL|_CLIENT_ID$|HEADERS$/;
    expect(secretVariables.toSorted()).toEqual(all.filter((name) => secret.test(name)).toSorted());
    expect(secretVariables).toContain('FACEBOOK_CLIENT_SECRET');
  });

  it.each(secretVariables)('%s', (variable) => {
    const { set, problems } = withSecretFiles(
      { [fileVariable(variable)]: '/run/x' },
      filesOf({ '/run/x': 'hush' }),
    );
    expect([set[variable], problems]).toEqual(['hush', []]);
  });

  it('are no others', () => {
    const given = { PORT_FILE: '/run/x', LOG_LEVEL_FILE: '/run/x' };
    expect(withSecretFiles(given, filesOf({})).set).toEqual(given);
  });
});

describe('the contents of a file', () => {
  it.each([
    ['hush', 'hush'],
    ['hush\n', 'hush'],
    ['hush\r\n', 'hush'],
    ['hush\n\n', 'hush'],
    ['\uFEFFhush\n', 'hush'],
    [' hush \n', 'hush'],
    ['one\ntwo\n', 'one\ntwo'],
  ])('%j is %j', (contents, value) => {
    const read = filesOf({ '/run/x': contents });
    expect(withSecretFiles({ SESSION_SECRET_FILE: '/run/x' }, read).set['SESSION_SECRET']).toBe(
      value,
    );
  });

  it.each(['', '\n', ' \r\n'])('%j is a problem', (contents) => {
    const read = filesOf({ '/run/x': contents });
    const { set, problems, unread } = withSecretFiles({ SESSION_SECRET_FILE: '/run/x' }, read);
    expect(problems).toEqual([
      { variable: 'SESSION_SECRET_FILE', needs: 'names a file that is empty' },
    ]);
    expect([set['SESSION_SECRET'], unread]).toEqual([undefined, ['SESSION_SECRET']]);
  });
});

describe('the configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-secrets-'));
  const secretFile = join(folder, 'session_secret');
  const shortFile = join(folder, 'short');

  beforeAll(() => {
    writeFileSync(secretFile, `${SECRET}, ${OLDER}\n`);
    writeFileSync(shortFile, 'hunter2\n');
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads secrets from files, under the same rules as values', () => {
    const environment = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://id.test',
      SESSION_SECRET_FILE: secretFile,
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET_FILE: shortFile,
    };
    const { secrets, providers } = loadConfig(environment);
    expect(secrets).toEqual([SECRET, OLDER]);
    expect(providers.google).toMatchObject({ clientId: 'id', clientSecret: 'hunter2' });
    expect(linesFor({ SESSION_SECRET_FILE: shortFile })).toEqual([
      expect.stringMatching(/^ {2}SESSION_SECRET \(7 characters\) needs at least 32 characters/),
    ]);
  });

  it('treats an empty path as not set', () => {
    expect(loadConfig({ SESSION_SECRET: SECRET, SESSION_SECRET_FILE: ' ' }).secrets).toEqual([
      SECRET,
    ]);
  });

  it('lists every unusable file once, in one message with all other problems', () => {
    const lines = linesFor({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://id.test',
      PORT: 'x',
      SESSION_SECRET_FILE: join(folder, 'nowhere'),
      DATABASE_URL: 'postgres://u:hunter2@db/latchkey',
      DATABASE_URL_FILE: shortFile,
      GOOGLE_CLIENT_ID: 'id',
      GOOGLE_CLIENT_SECRET_FILE: folder,
      TWITTER_CLIENT_SECRET_FILE: shortFile,
    });
    expect(lines.map((line) => line.replace(/ \(\d+ characters\)/, '')).toSorted()).toEqual([
      '  DATABASE_URL_FILE is set together with DATABASE_URL: one of them is enough',
      '  GOOGLE_CLIENT_SECRET_FILE names a file that cannot be read (EISDIR)',
      '  PORT ("x") needs a whole number from 1 to 65535',
      '  SESSION_SECRET_FILE names a file that cannot be read (ENOENT)',
      '  TWITTER_CLIENT_ID is missing while TWITTER_CLIENT_SECRET is set: a provider needs both or neither',
    ]);
    expect(lines.join()).not.toContain('hunter2');
  });
});
