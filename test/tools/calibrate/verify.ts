/**
 * npm run calibrate:verify: tau +- 10 %, pulse +- 2 ns, gate delays off by 200 ps and 25 K, in all combinations of signs, and with slow
 * tails and more on top; InAs and PbS. Writes docs/calibration-figures.md. Takes ten minutes on a free machine: a fifth of each
 * side of the array for the signs, the whole array for two chips of each.
 */
import { writeFileSync } from "node:fs";
import type { ChipDeviation } from "../../../host/open-camera.ts";
import { loadLidarProfile } from "../../../hw-profiles/load/load-profile.ts";
import { runCampaign, smallProfile, worst } from "./campaign.ts";
import { figuresPage, type VerifiedChip } from "./figures-page.ts";

const DISTANCES_M = [1, 3, 5, 7, 9, 11, 13, 15];
const CHECKS_M = [1.5, 2, 4, 6, 8, 10, 12, 14];
const FRAMES = 2;
const SMALL_FRAMES = 32;
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

interface Verified {
  readonly name: string;
  readonly isSmall: boolean;
  readonly deviation: Partial<ChipDeviation>;
}

const RUNS: readonly Verified[] = MATERIALS.flatMap(([name, tail]) => {
  const tailed = TAILED.map((each) => ({ ...each, ...tail }));
  return [
    ...[...CHIPS, ...tailed].map((deviation) => ({ name, deviation, isSmall: true })),
    ...tailed.map((deviation) => ({ name, deviation, isSmall: false })),
  ];
});

async function verify({ deviation, isSmall, name }: Verified, place: number): Promise<VerifiedChip> {
  const profile = loadLidarProfile(name);
  const frames = isSmall ? SMALL_FRAMES : FRAMES;
  const result = await runCampaign({
    profile: isSmall ? smallProfile(profile) : profile,
    deviation,
    distancesM: DISTANCES_M,
    checksM: CHECKS_M,
    frames,
    checkFrames: frames,
    threads: 0,
    seed: SEED + 100 * place,
  });
  return { name, deviation, isSmall, ...result };
}

const millimetres = (lengthM: number) => (1000 * lengthM).toFixed(2);

const chips: VerifiedChip[] = [];
for (const run of RUNS) {
  const chip = await verify(run, chips.length);
  chips.push(chip);
  const { biasM, distanceM, sigmaM } = worst(chip.after);
  process.stdout.write(
    `${run.name}${run.isSmall ? ", small" : ""} ${JSON.stringify(run.deviation)}: before ` +
      `${millimetres(worst(chip.before).biasM)} mm, after ${millimetres(biasM)} +- ${millimetres(sigmaM)} mm at ${distanceM} m\n`,
  );
}
const failed = chips.filter(({ after }) => Math.abs(worst(after).biasM) > LIMIT_M);
writeFileSync(
  PAGE,
  figuresPage(chips, {
    checksM: CHECKS_M,
    distancesM: DISTANCES_M,
    frames: FRAMES,
    smallFrames: SMALL_FRAMES,
  }),
);
process.stdout.write(
  `${chips.length - failed.length} of ${chips.length} chips within ${1000 * LIMIT_M} mm\n`,
);
if (failed.length > 0) process.exitCode = 1;
