/** Both ways in which a pixel without a gate transistor is gated [physics.md 7]. */
export type Gating = "film-bias" | "swept-reset";

/** One cell of the grid: a kind of light on a kind of device. */
export interface Cell {
  readonly gating: Gating;
  /** Gates K, spread evenly over 200 ns from -12.5 ns on. */
  readonly gates: number;
  /** Width of a gate; 0 with swept reset, whose gates have none. */
  readonly widthNs: number;
  readonly tauNs: number;
  /** Background of all gates together, in units of collectedE. */
  readonly ambient: number;
  readonly readNoiseE: number;
  /** Electrons of the return, all gates together. */
  readonly collectedE: number;
}

export const GATINGS: readonly Gating[] = ["film-bias", "swept-reset"];
const GATE_COUNTS = [16, 32, 64] as const;
const WIDTHS_NS = [10, 15, 20] as const;
const TAUS_NS = [2, 8, 30, 114, 250] as const;
const AMBIENTS = [0, 1, 10] as const;
const READ_NOISES_E = [5, 20, 100] as const;
export const SIGNALS_E = [3e2, 1e3, 3e3, 1e4, 1e5, 1e6] as const;

/** All combinations; a swept reset has no gate width to vary. */
export function wholeGrid(): Cell[] {
  const cells: Cell[] = [];
  for (const gating of GATINGS) {
    for (const gates of GATE_COUNTS) {
      for (const widthNs of gating === "film-bias" ? WIDTHS_NS : [0]) {
        for (const tauNs of TAUS_NS) {
          for (const ambient of AMBIENTS) {
            for (const readNoiseE of READ_NOISES_E) {
              for (const collectedE of SIGNALS_E) {
                cells.push({ gating, gates, widthNs, tauNs, ambient, readNoiseE, collectedE });
              }
            }
          }
        }
      }
    }
  }
  return cells;
}

/** What two gates leave between them, ns; 0 where they overlap, and with swept reset. */
export function gapNs({ gating, gates, widthNs }: Cell): number {
  return gating === "film-bias" ? Math.max(0, 200 / gates - widthNs) : 0;
}

export function cellName(cell: Cell): string {
  const width = cell.gating === "film-bias" ? `w ${cell.widthNs} ns` : "swept";
  return `K ${cell.gates}, ${width}, tau ${cell.tauNs} ns, ambient ${cell.ambient} N, read ${cell.readNoiseE} e-, N ${cell.collectedE.toExponential(0).replace("+", "")}`;
}
