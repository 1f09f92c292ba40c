import { expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { consentAs } from '../browser/support/application.js';
import { exactly, running, visits } from './support/example.js';

const example = running('react-spa');
const visit = visits();

const expectHeading = (page: Page, name: string) =>
  page.getByRole('heading', { name, exact: true }).waitFor();

async function signIn(page: Page): Promise<void> {
  await page.goto(example.url);
  await expectHeading(page, 'Hello, stranger');
  await page.getByRole('link', { name: 'Continue with Google' }).click();
  await consentAs(page, 'Grace Hopper', exactly(`${example.url}/`));
  await expectHeading(page, 'Hello, Grace Hopper');
}

it('signs in, and out in every tab', async () => {
  const { page } = visit;
  await signIn(page);
  await page.getByText('You sign in with google.').waitFor();
  const other = await page.context().newPage();
  await other.goto(example.url);
  await expectHeading(other, 'Hello, Grace Hopper');
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expectHeading(other, 'Hello, stranger');
  await expectHeading(page, 'Hello, stranger');
});

it('says why a sign-in failed, once', async () => {
  const { page } = visit;
  await page.goto(example.url);
  await page.getByRole('link', { name: 'Continue with X' }).click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.getByRole('alert').getByText('You did not allow access').waitFor();
  expect(page.url()).toBe(`${example.url}/`);
  await page.reload();
  await expectHeading(page, 'Hello, stranger');
  await expect(page.getByRole('alert').count()).resolves.toBe(0);
});

it('deletes an account once the person has confirmed who they are, and goes on by itself', async () => {
  const { page } = visit;
  await signIn(page);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await consentAs(page, 'Grace Hopper', exactly(`${example.url}/`));
  await page.getByRole('status').getByText('Your account is gone.').waitFor();
  await expectHeading(page, 'Hello, stranger');
});
