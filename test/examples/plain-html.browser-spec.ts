import { expect, it } from '@jest/globals';
import { consentAs } from '../browser/support/application.js';
import { exactly, running, startExample, visits } from './support/example.js';

const example = running('plain-html');
const visit = visits();

const expectHeading = (name: string) =>
  visit.page.getByRole('heading', { name, exact: true }).waitFor();

it('signs in, says who it is, and signs out', async () => {
  const { page } = visit;
  await page.goto(example.url);
  await expectHeading('Hello, stranger');
  await page.getByRole('link', { name: 'Sign in with Google' }).click();
  await consentAs(page, 'Grace Hopper', exactly(`${example.url}/`));
  await expectHeading('Hello, Grace Hopper');
  await page.getByText('Signed in with google.').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expectHeading('Hello, stranger');
  expect(page.url()).toBe(`${example.url}/`);
});

it('says why a sign-in failed', async () => {
  const { page } = visit;
  await page.goto(example.url);
  await page.getByRole('link', { name: 'Sign in with X' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByRole('alert').textContent()).resolves.toEqual(
    expect.stringMatching(/^You did not allow access/),
  );
  await expectHeading('Hello, stranger');
});

it('says that it is running already, and goes on', async () => {
  const second = startExample('plain-html');
  expect(await second.exited).toBe(1);
  // npm adds lines of its own where it is not silent.
  expect(second.output().split('\n')).toContain(
    'Port 3107 is taken: plain-html is running already, or something else has the port. Stop that, and start it again.',
  );
  expect(second.output()).not.toMatch(/^ +at /m);
  await visit.page.goto(example.url);
  await expectHeading('Hello, stranger');
});
