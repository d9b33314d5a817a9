/** How exactly numbers of a report are kept. */

/** Decimals of a metric's value, of a difference, and of whatever `result.json` says. */
const decimals = 9

/**
 * The number as rules compare it and `result.json` holds it. What lies beyond nine decimals is noise of
 * floating-point arithmetic: 0.1 + 0.2 is 0.3 here, and a difference of equal sums is 0, not −1.5e-17.
 */
export function kept(value: number): number {
  // Adding 0 turns −0, which JSON and people would read as something else, into 0.
  return Number(value.toFixed(decimals)) + 0
}
