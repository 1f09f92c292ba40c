/**
 * Reads once for all who ask at the same time. Whoever asks while a read is under way waits for the next one, since that
 * one may have begun before what they ask for was written.
 */
export class SharedRead<T> {
  private current: Promise<unknown> = Promise.resolve();
  private next: Promise<T> | null = null;

  constructor(private readonly read: () => Promise<T>) {}

  get(): Promise<T> {
    this.next ??= this.current.then(() => {
      this.next = null;
      const reading = this.read();
      this.current = reading.catch(() => undefined);
      return reading;
    });
    return this.next;
  }
}
