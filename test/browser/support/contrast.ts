import type { Page } from 'playwright-core';

/**
 * Runs in the page. Computes the contrast of every element that has text of its own with what is behind it (WCAG 2.2,
 * 1.4.3). The pages have plain backgrounds, so the nearest ancestor that has one decides.
 */
const MEASURE = `(() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const isClear = (colour) => channels(colour)[3] === 0;
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (!isClear(backgroundColor)) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  return [...document.body.querySelectorAll('*')].filter(hasText).flatMap((element) => {
    const pair = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    return ratio >= 4.5 ? [] : [element.textContent.trim().slice(0, 40) + ': ' + ratio.toFixed(2)];
  });
})()`;

/** The texts of a page that are hard to read: less than 4.5 to 1. */
export function lowContrast(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(MEASURE);
}
