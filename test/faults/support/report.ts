/** Writes one line of figures, which the documentation quotes, to the output of the test run. */
export function report(line: string): void {
  process.stderr.write(`    figures: ${line}\n`);
}

/** A share of some numbers that are no greater than the result: 0.95 for the 95th percentile. Rounded. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);
}
