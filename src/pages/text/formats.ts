/** Times and durations as a language writes them. */
export interface Formats {
  /**
   * A time for people, in UTC: the server does not know where they are.
   *
   * @param time ISO 8601
   */
  time(time: string): string;
  /** How long to wait, rounded up. */
  wait(seconds: number): string;
  /**
   * How long ago, in whole units that have passed.
   *
   * @param now milliseconds since 1970
   */
  ago(time: string, now: number): string;
  list(items: readonly string[]): string;
}

/** Each from its first on, the largest first. */
const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Each is made once, when it is first needed: that takes longer than a page takes otherwise. */
export function formatsOf(locale: string): Formats {
  const time = once(
    () =>
      new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: 'numeric',
        minute: '2-digit',
        timeZone: 'UTC',
        timeZoneName: 'short',
      }),
  );
  const inUnit = (unit: string) =>
    once(() => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }));
  const [seconds, minutes, hours] = [inUnit('second'), inUnit('minute'), inUnit('hour')];
  const relative = once(() => new Intl.RelativeTimeFormat(locale));
  const justNow = once(() =>
    new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second'),
  );
  const list = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  return {
    time: (iso) => time().format(new Date(iso)),
    wait: (count) => {
      if (count <= 90) return seconds().format(count);
      return count <= 90 * 60
        ? minutes().format(Math.ceil(count / 60))
        : hours().format(Math.ceil(count / 3600));
    },
    ago: (iso, now) => {
      const passed = (now - Date.parse(iso)) / 1000;
      const unit = UNITS.find(([, length]) => passed >= length);
      if (unit === undefined) return justNow();
      return relative().format(-Math.floor(passed / unit[1]), unit[0]);
    },
    list: (items) => list().format(items),
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
