/** Numbers in [0, 1) that follow from a seed alone (Mulberry32): a run can be repeated. */
export type Random = () => number;

/** The seed of this run: SEED from the environment, or one by chance. */
export function seedOfRun(): number {
  const given = process.env['SEED'];
  return given === undefined ? Math.floor(Math.random() * 1_000_000) : Number(given);
}

export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
