/** Ends a start or a callback by a redirect, without starting or ending a sign-in. */
export class Redirected extends Error {
  /**
   * @param reason for the log: `repeated`, a callback that was delivered before; `redirected`, a start under another name
   *   of the service's host
   * @param cookies `Set-Cookie` lines that go along
   */
  constructor(
    readonly reason: 'repeated' | 'redirected',
    readonly location: string,
    readonly cookies: readonly string[] = [],
  ) {
    super(`The browser is sent on to ${location}.`);
  }
}
