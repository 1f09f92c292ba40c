/** The injection token of Facebook's settings, which exist only where Facebook is on. */
export const FACEBOOK = Symbol('FacebookConfig');
