/**
 * Waits for work no longer than a deadline. The work itself goes on; what becomes of it is not looked at any more.
 *
 * @param milliseconds how long to wait
 * @param message what the error says when it has passed
 * @throws Error with that message, or what the work throws
 */
export async function withDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  message: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
