/**
 * Hands a promise's outcome to a callback, for the libraries that know nothing else (express-session, passport).
 *
 * What the callback itself throws is handed to it as an error, once: as a rejection that nobody hears it would end the
 * process.
 *
 * @param done called with an error, or with null and the value
 */
export function toCallback<T>(
  work: Promise<T>,
  done: ((error: Error | null, value?: T) => unknown) | undefined,
): void {
  work
    .then((value) => void done?.(null, value))
    .catch(
      (error: unknown) =>
        void done?.(
          error instanceof Error ? error : new Error('Something failed.', { cause: error }),
        ),
    );
}
