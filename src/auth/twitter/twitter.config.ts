/** The injection token of X's settings, which exist only where X is on. */
export const TWITTER = Symbol('TwitterConfig');
