import { type Html, markup } from './text/markup.js';
import type { Words } from './text/words.js';

/** Times on a page: how long ago, with the time itself in UTC beside; or that alone, for who has asked for it. */
export class ShownTimes {
  private readonly now = Date.now();

  constructor(
    private readonly words: Words,
    private readonly exactly: boolean,
  ) {}

  /** @param time ISO 8601 */
  shown(time: string): Html {
    const { format } = this.words;
    return this.exactly
      ? markup`<time datetime="${time}">${format.time(time)}</time>`
      : markup`<time datetime="${time}" title="${format.time(time)}">${format.ago(time, this.now)}</time>`;
  }

  /**
   * When the page was made. A title reaches neither touch nor keyboard, so it leads to the exact times.
   *
   * @param here the path of the page
   */
  asOf(here: string): { at: string; time: string; exactUrl: string | null } {
    const at = new Date(this.now).toISOString();
    const exactUrl = `${here}${here.includes('?') ? '&' : '?'}times=exact`;
    return { at, time: this.words.format.time(at), exactUrl: this.exactly ? null : exactUrl };
  }
}
