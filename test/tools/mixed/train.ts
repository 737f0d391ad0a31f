import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { EVIDENCE_NAMES } from "../../../host/mixed/evidence.ts";
import { MixedFinder } from "../../../host/mixed/mixed-finder.ts";
import type { MixedInput } from "../../../host/mixed/mixed-image.ts";
import { type Captured, capture, type MixedCase } from "./capture.ts";
import { fitLogistic } from "./logistic.ts";
import { classify } from "./truth-classes.ts";

const WEIGHTS = fileURLToPath(new URL("../../../host/mixed/weights.ts", import.meta.url));

/** Synthetic scenes only: what the real scans say is measured on scenes that the weights have not seen. */
const LESSONS: readonly MixedCase[] = [
  { name: "room", profile: "inas-lidar-320x240", scene: "room", light: 1, sun: 0.02 },
  { name: "room, ten times the light", profile: "inas-lidar-320x240", scene: "room", light: 10, sun: 0.02 },
  { name: "room, coarse", profile: "inas-lidar-64x48", scene: "room", light: 1, sun: 0.02 },
  {
    name: "room, coarse, ten times the light",
    profile: "inas-lidar-64x48",
    scene: "room",
    light: 10,
    sun: 0.02,
  },
];

/** Fit the weights of the evidence to the lessons and write host/mixed/weights.ts. */
export async function train(): Promise<void> {
  const captures = [];
  for (const lesson of LESSONS) captures.push(await capture(lesson));
  const withSpread = fitTo(captures, (frame) => frame);
  const without = fitTo(captures, (frame) => ({ ...frame, spreadM: NONE, spreadSigmaM: NONE }));
  writeFileSync(WEIGHTS, weightsFile(withSpread, without));
}

const NONE = new Float32Array(0);

function fitTo(captures: readonly Captured[], change: (frame: MixedInput) => MixedInput): number[] {
  const rows: (readonly number[])[] = [];
  const isMixed: boolean[] = [];
  for (const captured of captures) {
    const finder = new MixedFinder(change(captured.frame), captured.sight);
    const { width } = captured.frame;
    classify(captured).forEach((kind, pixel) => {
      if (kind === "none") return;
      const found = finder.look(pixel % width, Math.floor(pixel / width));
      if (found?.kind !== "two") return;
      rows.push(found.evidence);
      isMixed.push(kind === "mixed");
    });
  }
  return fitLogistic({ rows, isMixed });
}

function weightsFile(withSpread: readonly number[], without: readonly number[]): string {
  const list = (weights: readonly number[]): string =>
    weights.map((weight, i) => `  ${Number(weight.toPrecision(6))}, // ${EVIDENCE_NAMES[i]}\n`).join("");
  return `// Written by \`npm run mixed -- --train\`: a logistic fit to frames of the synthetic room and their truth.

/** Log odds that a pixel is mixed: the sum of weight x evidence (evidence.ts). */
export const EVIDENCE_WEIGHTS: readonly number[] = [
${list(withSpread)}];

/** For frames without the component Spread. */
export const EVIDENCE_WEIGHTS_WITHOUT_SPREAD: readonly number[] = [
${list(without)}];
`;
}
