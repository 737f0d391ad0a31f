import { beforeAll, describe, expect, test } from "vitest";
import { READ_RAMP, READ_SINGLE } from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import * as Status from "../../../hw-profiles/interface/status.ts";
import type { EffectName, EffectsProfile } from "../../../hw-profiles/sensor-profile.ts";
import { readArtefact } from "../../../sim/pool/artefacts.ts";
import { imagingProfile, onlyEffects } from "../../support/imaging-profile.ts";
import { ALL_CREDIT, openBoard } from "./board-fixture.ts";

const NAMES = Object.keys(imagingProfile.effects) as EffectName[];
/** The second one has lag of the first. */
const FRAMES = 2;
const HEIGHT = 16;
const MODES = [
  ["single reads", READ_SINGLE],
  ["ramps", READ_RAMP],
] as const;

/** Alone they have nothing to act on. */
const NEEDS_DARK: ReadonlySet<EffectName> = new Set<EffectName>(["darkPattern", "flicker"]);

/** All reports of a board with these effects: pictures, sigma, flags and raw codes. */
async function reports(effects: EffectsProfile, readMode: number, module: string): Promise<Buffer> {
  const device = await openBoard({
    profile: { ...imagingProfile, effects },
    scene: "uniform:photons=6e7,gradientX=0.5,gradientY=0.8",
    firmware: { bytes: readArtefact(module), name: module },
  });
  for (const [address, value] of [
    [Reg.REG_COMPONENT_ENABLE, Reports.COMPONENT_IMAGING],
    [Reg.REG_HEIGHT, HEIGHT],
    [Reg.REG_READ_COUNT, 4],
    [Reg.REG_READ_MODE, readMode],
    [Reg.REG_ACQUISITION_FRAME_COUNT, FRAMES],
    [Reg.REG_ACQUISITION_START, 1],
  ] as const)
    expect(device.write(address, value)).toBe(Status.STATUS_OK);
  device.board.grantCredit(ALL_CREDIT);
  for (let frame = 0; frame < FRAMES; frame++) expect(await device.board.advance()).toBe("frame");
  await device.board.close();
  return Buffer.concat(device.reports);
}

/** The reports, made once by each module: a difference is one of the arithmetic, or of two runs. */
async function sameReports(effects: EffectsProfile, readMode: number): Promise<Buffer> {
  const simd = await reports(effects, readMode, "readout.wasm");
  const scalar = await reports(effects, readMode, "readout-scalar.wasm");
  expect(scalar.equals(simd)).toBe(true);
  return simd;
}

describe.each(MODES)("%s: SIMD and scalar readout logic give the same bytes", (_, readMode) => {
  let all: Buffer;
  let none: Buffer;
  beforeAll(async () => {
    all = await sameReports(imagingProfile.effects, readMode);
    none = await sameReports(onlyEffects(imagingProfile.effects, []), readMode);
  });

  test.each(NAMES)("with %s alone, and with all but it; it shows in both", async (name) => {
    const others = NAMES.filter((other) => other !== name);
    const only = await sameReports(onlyEffects(imagingProfile.effects, [name]), readMode);
    const without = await sameReports(onlyEffects(imagingProfile.effects, others), readMode);
    expect(without.equals(all)).toBe(false);
    expect(only.equals(none)).toBe(NEEDS_DARK.has(name));
  });
});
