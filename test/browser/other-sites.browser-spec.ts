import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserSuite } from './support/browser-suite.js';
import { serveSite, type Site } from './support/site.js';
import { signIn, whoIs } from './support/visit.js';

const { latchkey, visit } = browserSuite();
let page: Page;
let site: Site;

beforeAll(async () => {
  site = await serveSite(`
    <form method="post" action="${latchkey.url}/auth/logout"><button>Post</button></form>
    <form method="post" action="${latchkey.url}/auth/logout" enctype="text/plain"><button>Plain</button></form>
    <a href="${latchkey.url}/auth/logout">Follow</a>
    <a href="${latchkey.url}/account">Account</a>
    <iframe title="framed" src="${latchkey.url}/"></iframe>
    <img alt="" src="${latchkey.url}/auth/logout">`);
});

beforeEach(async () => {
  ({ page } = await visit());
  await signIn(page, latchkey.url, 'google');
  await page.goto(site.url);
});

afterAll(() => site.close());

it.each([
  ['posts a form', 'button', 'Post', 403],
  ['posts a form as plain text', 'button', 'Plain', 403],
  ['links to the sign-out', 'link', 'Follow', 404],
] as const)(
  'a page of another site that %s signs nobody out',
  async (_does, role, name, status) => {
    const answer = page.waitForResponse((response) => response.url().endsWith('/auth/logout'));
    await page.getByRole(role, { name, exact: true }).click();
    expect((await answer).status()).toBe(status);

    await page.goto(`${latchkey.url}/account`);
    expect(await whoIs(page)).toBe('Ada Lovelace');
  },
);

it('a page of another site can link to the account page', async () => {
  await page.getByRole('link', { name: 'Account' }).click();
  expect(await whoIs(page)).toBe('Ada Lovelace');
});

it('a page of another site cannot frame ours', async () => {
  const refusal = page.waitForEvent('console', (message) =>
    message.text().includes("frame-ancestors 'none'"),
  );
  await page.reload();
  await refusal;
  const framed = page.frameLocator('iframe');
  expect(await framed.getByRole('heading', { name: 'Sign in' }).count()).toBe(0);
});

it('a page of another site cannot read who is signed in', async () => {
  const read = `fetch('${latchkey.url}/auth/session', { credentials: 'include' }).then((answer) => answer.text(), () => 'refused')`;
  expect(await page.evaluate(read)).toBe('refused');
});
