/**
 * A time for people. The server does not know where they are, so it says that it is UTC.
 *
 * @param time ISO 8601
 */
export function readable(time: string): string {
  const text = new Date(time).toLocaleString('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${text} UTC`;
}
