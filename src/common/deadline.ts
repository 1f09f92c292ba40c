/**
 * Races work against a deadline. The work itself is not cancelled; its outcome after the deadline is ignored.
 *
 * @param message the message of the error thrown at the deadline
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
