/**
 * Passes a promise's outcome to a Node-style callback, for libraries without promises (express-session, passport).
 *
 * If the callback throws, it is called once more with that error: an unhandled rejection would end the process.
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
