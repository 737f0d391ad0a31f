/**
 * npm run calibrate:verify: tau +- 10 %, pulse +- 2 ns, gate delays off by 200 ps and 25 K, in all combinations of signs, and a slow
 * tail on top; InAs and PbS, 320 x 240. Writes the table of docs/calibration-figures.md. Takes about half an hour.
 */
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import type { ChipDeviation } from "../../../host/open-camera.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { type CampaignResult, runCampaign, worst } from "./campaign.ts";
import { figuresPage, type VerifiedChip } from "./figures-page.ts";

const DISTANCES_M = [1, 3, 5, 7, 9, 11, 13, 15];
const CHECKS_M = [1.5, 2, 4, 6, 8, 10, 12, 14];
const FRAMES = 2;
const LIMIT_M = 0.002;
const SEED = 4000;
const PAGE = new URL("../../../docs/calibration-figures.md", import.meta.url);

const SIGNS = [-1, 1] as const;
/** All four together, as large as a chip may deviate. */
const CHIPS: readonly Partial<ChipDeviation>[] = SIGNS.flatMap((tau) =>
  SIGNS.flatMap((pulse) =>
    SIGNS.map((gate) => ({
      tauFactor: 1 + 0.1 * tau,
      pulseNs: 2 * pulse,
      gateInlNs: 0.2 * gate,
      gateStepNs: 0.02,
      temperatureK: 25,
    })),
  ),
);
/** And what else may be wrong: tail, gate width, trigger, bias line, pixels. */
const TAILED: readonly Partial<ChipDeviation>[] = [
  { ...CHIPS[7], tailFraction: 0.1 },
  { ...CHIPS[0], tailFraction: 0.05, gateWidthNs: 0.15, offsetNs: 0.7, biasLineNs: 0.3, pixelNs: 0.05 },
];
const MATERIALS = [
  ["inas-lidar-320x240", { tailTauNs: 200 }],
  ["pbs-lidar-320x240", { tailTauNs: 600 }],
] as const;

async function verify(name: string, deviation: Partial<ChipDeviation>, place: number): Promise<VerifiedChip> {
  const result: CampaignResult = await runCampaign({
    profile: loadLidarProfile(name),
    deviation,
    distancesM: DISTANCES_M,
    checksM: CHECKS_M,
    frames: FRAMES,
    checkFrames: FRAMES,
    threads: Math.min(4, availableParallelism()),
    seed: SEED + 100 * place,
  });
  return { name, deviation, ...result };
}

const chips: VerifiedChip[] = [];
for (const [name, tail] of MATERIALS) {
  for (const deviation of [...CHIPS, ...TAILED.map((each) => ({ ...each, ...tail }))]) {
    const chip = await verify(name, deviation, chips.length);
    const { biasM, distanceM, sigmaM } = worst(chip.after);
    const mm = (lengthM: number) => (1000 * lengthM).toFixed(2);
    process.stdout.write(
      `${name} ${JSON.stringify(deviation)}: before ${mm(worst(chip.before).biasM)} mm, after ${mm(biasM)} +- ${mm(sigmaM)} mm at ${distanceM} m\n`,
    );
    chips.push(chip);
  }
}
const failed = chips.filter(({ after }) => Math.abs(worst(after).biasM) > LIMIT_M);
writeFileSync(PAGE, figuresPage(chips, { checksM: CHECKS_M, distancesM: DISTANCES_M, frames: FRAMES }));
process.stdout.write(
  `${chips.length - failed.length} of ${chips.length} chips within ${1000 * LIMIT_M} mm\n`,
);
if (failed.length > 0) process.exitCode = 1;
