import { expect, it } from '@jest/globals';
import { consentAs } from '../browser/support/application.js';
import { exactly, running, visits } from './support/example.js';

const example = running('api-express');
const visit = visits();

const NO_TOKEN = '401 {"code":"unauthenticated","detail":"The token is no JWT."}';

async function callApi(): Promise<string> {
  const { page } = visit;
  await Promise.all([
    page.waitForResponse(`${example.url}/hello`),
    page.getByRole('button', { name: 'Call the API' }).click(),
  ]);
  await page.getByText(/^\d{3} /).waitFor();
  return (await page.getByText(/^\d{3} /).textContent()) ?? '';
}

it('answers to whom the token is of, until they sign out', async () => {
  const { page } = visit;
  await page.goto(example.url);
  expect(await callApi()).toBe(NO_TOKEN);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await consentAs(page, 'Grace Hopper', exactly(`${example.url}/`));
  await page.getByRole('heading', { name: 'Hello, Grace Hopper' }).waitFor();
  expect(await callApi()).toMatch(/^200 \{"hello":"Grace Hopper","id":"[\da-f-]{36}"\}$/);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Hello, stranger' }).waitFor();
  await page.getByText(/^200 /).waitFor({ state: 'detached' });
  expect(await callApi()).toBe(NO_TOKEN);
});

it.each([
  ['nothing', '', 'no JWT'],
  ['letters', 'Bearer letters', 'no JWT'],
  // {"alg":"none","typ":"at+jwt"}, and {}
  ['an unsigned token', 'Bearer eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.', 'algorithm'],
])('refuses %s', async (_what, authorization, reason) => {
  const answer = await fetch(`${example.url}/hello`, { headers: { authorization } });
  expect([answer.status, await answer.text()]).toEqual([401, expect.stringContaining(reason)]);
});
