import type { Response } from 'supertest';

/** The address that a link of a page leads to, by its words. */
export function linkIn({ text }: Response, words: string): string {
  const links = text.matchAll(/<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)<\/a>/gs);
  for (const [, href = '', content = ''] of links) {
    if (wordsOf(content).includes(words)) return href.replaceAll('&amp;', '&');
  }
  throw new Error(`No link "${words}" in ${text}`);
}

/** Where a form of a page leads, and what it sends, by the words of the button that is pressed. */
export function formIn({ text }: Response, words: string): [string, Record<string, string>] {
  for (const [, action = '', content = ''] of text.matchAll(
    /<form\b[^>]*?method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/gs,
  )) {
    for (const [, attributes = '', label = ''] of content.matchAll(
      /<button\b([^>]*)>(.*?)<\/button>/gs,
    )) {
      if (wordsOf(label) !== words) continue;
      const [, name, value = ''] = /name="([^"]*)" value="([^"]*)"/.exec(attributes) ?? [];
      return [action.replaceAll('&amp;', '&'), name === undefined ? {} : { [name]: value }];
    }
  }
  throw new Error(`No button "${words}" in ${text}`);
}

/** The notices of a page about what was connected lately, each in one line. */
export function newsOn({ text }: Response): string[] {
  return [...text.matchAll(/<section class="notice warn new"[^>]*>(.*?)<\/section>/gs)].map(
    ([, content = '']) => wordsOf(content),
  );
}

/** What people read on a page, in one line. Quotes and angle brackets stay escaped. */
export function readOn({ text }: Response): string {
  return wordsOf(/<main>(.*)<\/main>/s.exec(text)?.[1] ?? '');
}

export function headingOf({ text }: Response): string {
  return wordsOf(/<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1] ?? '');
}

/** The message that a page begins with after something was done; null when there is none. */
export function messageOf({ text }: Response): string | null {
  const [, message] = /<div [^>]*role="status">(.*?)<\/div>/s.exec(text) ?? [];
  return message === undefined ? null : wordsOf(message);
}

function wordsOf(html: string): string {
  return html
    .replaceAll(/<svg.*?<\/svg>|<[^>]*>/gs, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
