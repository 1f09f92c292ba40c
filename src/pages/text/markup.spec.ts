import { expect, it } from '@jest/globals';
import { markup, shown } from './markup.js';

it('escapes every value but what it has made itself', () => {
  const name = `<b>"Ada" & 'Co'</b>`;
  const bold = markup`<strong>${name}</strong>`;
  const escaped = '&lt;b&gt;&quot;Ada&quot; &amp; &#39;Co&#39;&lt;/b&gt;';
  expect(String(markup`You are ${bold}, ${name}\n.`)).toBe(
    `You are <strong>${escaped}</strong>, ${escaped}\n.`,
  );
  expect([shown(name), shown(bold)]).toEqual([escaped, `<strong>${escaped}</strong>`]);
});
