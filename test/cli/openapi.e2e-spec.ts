import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { compileService, runCommand } from '../support/service-process.js';

jest.setTimeout(60_000);

let compiled: ReturnType<typeof compileService>;

beforeAll(() => {
  compiled = compileService();
});

afterAll(() => compiled.remove());

it('prints openapi.json where nothing is set', async () => {
  const { code, stdout, stderr } = await runCommand(compiled.main, {}, ['openapi']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toBe(readFileSync('openapi.json', 'utf8'));
});

it('describes what the service is configured to be, and asks no database', async () => {
  const environment = {
    PUBLIC_URL: 'https://id.acme.test/id',
    SESSION_SECRET: 'a-session-secret-of-these-tests-0123456789',
    DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/latchkey?sslmode=disable',
    SANDBOX: 'off',
  };
  const { code, stdout } = await runCommand(compiled.main, environment, ['openapi']);
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    expect.objectContaining({
      servers: [{ url: 'https://id.acme.test/id', description: 'PUBLIC_URL' }],
      components: expect.objectContaining({
        securitySchemes: expect.objectContaining({
          cookie: expect.objectContaining({ name: expect.stringMatching(/^__Host-/) }),
        }),
      }),
    }),
  ]);
});
