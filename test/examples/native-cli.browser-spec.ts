import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { consentAs } from '../browser/support/application.js';
import { type Example, startExample, visits } from './support/example.js';

const visit = visits();
let cli: Example;

beforeEach(() => {
  cli = startExample('native-cli');
});

afterEach(() => cli.interrupt());

/** Goes to where the command line says, and to Latchkey's question. */
async function askedAs(name: string): Promise<void> {
  const { page } = visit;
  await page.goto(await cli.printed(/^http:\S+$/m));
  await consentAs(page, name, /\/handover/);
}

it('signs in by the browser, says who it is, and signs out', async () => {
  const { page } = visit;
  await askedAs('Grace Hopper');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Back to your terminal' }).waitFor();
  await cli.printed(/^Hello, Grace Hopper\.$/m);
  cli.type('');
  await cli.printed(/Signed out\.$/m);
  expect(await cli.exited).toBe(0);
});

it('says that the person has cancelled, and takes no other answer for theirs', async () => {
  const { page } = visit;
  await askedAs('Grace Hopper');
  const target = new URL(await cli.printed(/returnTo=([^&\s]+)/).then(decodeURIComponent));
  const planted = await fetch(`${target.href}?code=planted&state=guessed`);
  expect(planted.status).toBe(404);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'Back to your terminal' }).waitFor();
  await cli.printed(/\(access_denied\)$/m);
  expect(await cli.exited).toBe(1);
});
