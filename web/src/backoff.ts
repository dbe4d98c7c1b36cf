/**
 * Milliseconds to wait after so many failures in a row: 1 s doubling up to 15 s, of which the last quarter is random so
 * that the pages of a restarted server do not return all at once.
 * @param chance uniform in [0, 1).
 */
export function backOff(failures: number, chance: number): number {
  const longest = Math.min(15_000, 1_000 * 2 ** failures);
  return longest * (0.75 + 0.25 * chance);
}
