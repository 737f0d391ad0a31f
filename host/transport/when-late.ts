/** Pieces of a wait. What has come while this program stood still is taken between two of them. */
const PIECES = 4;

/**
 * Call `late` when `ms` have passed. A program that stands still, because its machine is busy or its own work takes long, finds
 * its timers due before it looks at what has arrived: one timer alone would take an answer that is there for one that is missing.
 * @returns what ends the wait.
 */
export function whenLate(ms: number, late: () => void): () => void {
  let left = PIECES;
  const wait = () => setTimeout(passed, ms / PIECES);
  let timer = wait();
  function passed(): void {
    left--;
    if (left === 0) late();
    else timer = wait();
  }
  return () => clearTimeout(timer);
}
