import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findMixed } from "../../../host/mixed/find-mixed.ts";
import { capture } from "../../tools/mixed/capture.ts";
import { CASES, OFFICE } from "../../tools/mixed/cases.ts";
import { CLASSES, score } from "../../tools/mixed/score.ts";

const absent = !existsSync(OFFICE);
if (absent) process.stderr.write(`skipped: no real scan at ${OFFICE}\n`);

describe.skipIf(absent)("the first case of the campaign, one frame of 320 x 240 with 64 rays a pixel", () => {
  it("keeps its figures", async () => {
    const captured = await capture(CASES[0]!);
    const { falseLabels, goodPixels, mixed } = score(captured, findMixed(captured.frame, captured.sight));
    const clear = mixed[CLASSES.length - 1]!;
    expect(clear.pixels).toBeGreaterThan(400);
    expect(clear.labelled / clear.pixels).toBeGreaterThanOrEqual(0.98);
    expect(clear.resolved / clear.pixels).toBeGreaterThanOrEqual(0.85);
    expect(falseLabels / goodPixels).toBeLessThanOrEqual(0.01);
  });
});
