/** A port that nobody listens on, on any address of this machine. */
export function freePort(): Promise<number>;
