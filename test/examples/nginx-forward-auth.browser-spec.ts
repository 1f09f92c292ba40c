import { expect, it } from '@jest/globals';
import { consentAs } from '../browser/support/application.js';
import { providerButton } from '../browser/support/visit.js';
import { exactly, running, visits } from './support/example.js';

const example = running('nginx-forward-auth');
const visit = visits();

it('lets nobody through but who is signed in, and says who that is', async () => {
  const { page } = visit;
  const report = `${example.url}/report?year=2026`;
  await page.goto(report);
  await providerButton(page, 'google').click();
  await consentAs(page, 'Grace Hopper', exactly(report));
  await page.getByRole('heading', { name: 'Hello, Grace Hopper' }).waitFor();
  await page.getByText('/report?year=2026').waitFor();
  const asked = await page.evaluate<number>("fetch('/').then(({ status }) => status)");
  expect(asked).toBe(200);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await providerButton(page, 'google').waitFor();
});

it('answers 401 to what is no navigation', async () => {
  const { port } = new URL(example.url);
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    headers: { 'X-Latchkey-User': 'somebody' },
  });
  expect(answer.status).toBe(401);
  expect(await answer.text()).not.toContain('Hello');
});
