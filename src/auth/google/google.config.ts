/** The injection token of Google's settings, which exist only where Google is on. */
export const GOOGLE = Symbol('GoogleConfig');
