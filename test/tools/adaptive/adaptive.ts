// npm run adaptive [frames]: measures adaptive gating on all scenes and writes docs/adaptive-gating-figures.md.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../support/cqd.ts";
import { figuresPage, type MeasuredScene } from "./figures-page.ts";
import { type Comparison, compare } from "./measure.ts";
import { campaignScenes } from "./scenes.ts";
import { surprise } from "./surprise.ts";

const SEED = 11;
const DEFAULT_FRAMES = 8;
const WIDTHS = [1, 1.6, 2.6];
const SURPRISES: readonly (readonly [number, number])[] = [
  [9, 3],
  [3, 9],
  [2, 6],
  [6, 14],
  [14, 1.5],
  [4, 4.5],
];

const frames = Number(process.argv[2] ?? DEFAULT_FRAMES);
if (!Number.isInteger(frames) || frames < 1)
  throw new Error(`npm run adaptive: found ${process.argv[2]}, expected a number of frames from 1`);
const folder = await mkdtemp(join(tmpdir(), "cqd-adaptive-"));
try {
  const measured: MeasuredScene[] = [];
  for (const scene of await campaignScenes(folder, frames)) {
    const of = (widthFactors: readonly number[]) => compare({ ...scene, widthFactors, seed: SEED });
    const both: { delays: Comparison; widths: Comparison } = {
      delays: await of([1]),
      widths: await of(WIDTHS),
    };
    measured.push({ scene, ...both });
    console.log(scene.name);
  }
  const surprises = [];
  for (const [fromM, toM] of SURPRISES) surprises.push(await surprise("inas-lidar-64x48", fromM, toM, SEED));
  await writeFile(join(root, "docs/adaptive-gating-figures.md"), figuresPage(measured, surprises, frames));
} finally {
  await rm(folder, { recursive: true });
}
