import { expect, it } from '@jest/globals';
import { consentAs } from '../browser/support/application.js';
import { providerButton } from '../browser/support/visit.js';
import { exactly, running, visits } from './support/example.js';

const example = running('next');
const visit = visits();

const expectHeading = (name: string) =>
  visit.page.getByRole('heading', { name, exact: true }).waitFor();

it('renders who is signed in, until they sign out', async () => {
  const { page } = visit;
  await page.goto(example.url);
  await expectHeading('Hello, stranger');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await providerButton(page, 'google').click();
  await consentAs(page, 'Grace Hopper', exactly(`${example.url}/`));
  await expectHeading('Hello, Grace Hopper');
  // It is in what the server has sent, and not put there by a script.
  const sent = await page.evaluate<string>("fetch('/').then((answer) => answer.text())");
  expect(sent).toContain('Grace Hopper');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expectHeading('Hello, stranger');
  expect(page.url()).toBe(`${example.url}/`);
});

it('sends whoever is not signed in to sign in, through a refusal, and back', async () => {
  const { page } = visit;
  await page.goto(`${example.url}/inbox`);
  await providerButton(page, 'google').click();
  await page.getByRole('button', { name: 'Deny' }).click();
  await page.getByRole('alert').first().waitFor();
  await providerButton(page, 'google').click();
  await consentAs(page, 'Grace Hopper', exactly(`${example.url}/inbox`));
  await expectHeading('The inbox of Grace Hopper');
});
