import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { PageRenderer } from '../../src/pages/page-renderer.js';
import { Browser } from '../support/browser.js';
import { type Latchkey, startLatchkey } from '../support/latchkey.js';

let latchkey: Latchkey;

beforeEach(async () => {
  latchkey = await startLatchkey();
});

afterEach(() => latchkey.close());

it.each([
  ['at once', () => Promise.reject(new Error('no page'))],
  [
    'without a promise',
    () => {
      throw new Error('no page');
    },
  ],
])(
  'an error page that fails %s leaves the failure, told in JSON, and the service',
  async (_when, fail) => {
    const render = jest.spyOn(latchkey.app.get(PageRenderer), 'errorPage').mockImplementation(fail);
    const browser = new Browser(latchkey);
    const { status, text } = await browser.get('/nowhere');
    expect(render).toHaveBeenCalledTimes(1);
    expect([status, JSON.parse(text)]).toEqual([
      404,
      expect.objectContaining({ code: 'not_found' }),
    ]);
    render.mockRestore();
    expect((await browser.get('/nowhere')).text).toContain('<h1>');
  },
);
