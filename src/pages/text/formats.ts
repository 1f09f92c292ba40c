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
}

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
  return {
    time: (iso) => time().format(new Date(iso)),
    wait: (count) => {
      if (count <= 90) return seconds().format(count);
      return count <= 90 * 60
        ? minutes().format(Math.ceil(count / 60))
        : hours().format(Math.ceil(count / 3600));
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
