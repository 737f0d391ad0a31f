import { readFileSync, writeFileSync } from "node:fs";
import { FlashBench, WIDE_FLASH } from "../../host/flash/support/flash-bench.ts";
import { heavyModule, imageOf } from "../../host/flash/support/images.ts";
import {
  LOSSES,
  type Loss,
  type LossyRun,
  lossyInstall,
  lossySpec,
} from "../../host/flash/support/lossy-link.ts";

/** Means over installations at one rate of one kind of loss. */
export interface LossFigure {
  readonly loss: Loss;
  readonly rate: number;
  readonly installations: number;
  /** That ended with the image in its slot. */
  readonly done: number;
  readonly mostSectorsSentAgain: number;
  readonly sentRatio: number;
  readonly requestRatio: number;
}

const FIGURES = new URL("../../../docs/flash-link-figures.json", import.meta.url);
const RATES = [0, 0.001, 0.01, 0.03, 0.1, 0.2];
const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const DIGITS = 3;

/** Install the same image at every rate of every kind of loss. */
export async function measureLosses(heard: (figure: LossFigure) => void): Promise<LossFigure[]> {
  const bench = await FlashBench.open(WIDE_FLASH);
  const image = imageOf(heavyModule(17_000, 1), { patch: 1 });
  const figures: LossFigure[] = [];
  for (const loss of Object.keys(LOSSES) as Loss[]) {
    for (const rate of RATES) {
      const runs: LossyRun[] = [];
      for (const seed of SEEDS) runs.push(await lossyInstall(bench, image, lossySpec(loss, rate, seed)));
      const figure = figureOf(loss, rate, runs);
      heard(figure);
      figures.push(figure);
    }
  }
  await bench.close();
  return figures;
}

function figureOf(loss: Loss, rate: number, runs: readonly LossyRun[]): LossFigure {
  const whole = runs.filter(({ end, isWhole }) => end === "done" && isWhole);
  const mean = (value: (run: LossyRun) => number) =>
    Number((whole.reduce((sum, run) => sum + value(run), 0) / whole.length).toFixed(DIGITS));
  return {
    loss,
    rate,
    installations: runs.length,
    done: whole.length,
    mostSectorsSentAgain: Math.max(...runs.map(({ sectorsSentAgain }) => sectorsSentAgain)),
    sentRatio: mean(({ sentRatio }) => sentRatio),
    requestRatio: mean(({ requestRatio }) => requestRatio),
  };
}

export function writeLossFigures(figures: readonly LossFigure[]): void {
  const lines = figures.map((figure) => `  ${JSON.stringify(figure)}`);
  writeFileSync(FIGURES, `[\n${lines.join(",\n")}\n]\n`);
}

/** What was measured last. */
export function readLossFigures(): readonly LossFigure[] {
  return JSON.parse(readFileSync(FIGURES, "utf8")) as LossFigure[];
}
