/** The exit code of a command that was used wrongly. */
export const USAGE = 2;

/** A command that could not do its work. The message is for the operator. */
export class CommandFailure extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | typeof USAGE = 1,
  ) {
    super(message);
  }
}
