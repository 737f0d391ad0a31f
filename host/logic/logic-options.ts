import { type HardwareTarget, SCALAR_TARGET, VECTOR_TARGET } from "../../hw-profiles/admission/target.ts";
import { MODE_IMAGING, MODE_LIDAR } from "../../hw-profiles/interface/memory-map.ts";

/** `simd`: the board of the profiles; `scalar`: a microcontroller without vector instructions. */
export const LOGIC_TARGETS = ["simd", "scalar"] as const;
export type LogicTarget = (typeof LOGIC_TARGETS)[number];

/** What the module can do: `lidar` or `imaging` leave out what the other sensor needs, for boards with little flash. */
export const LOGIC_MODES = ["both", "lidar", "imaging"] as const;
export type LogicMode = (typeof LOGIC_MODES)[number];

export interface LogicOptions {
  readonly target: LogicTarget;
  readonly mode: LogicMode;
}

interface TargetSettings {
  /** Target of asconfig.json. */
  readonly config: string;
  readonly hardware: HardwareTarget;
}

const TARGETS: Readonly<Record<LogicTarget, TargetSettings>> = {
  simd: { config: "readout", hardware: VECTOR_TARGET },
  scalar: { config: "readout-scalar", hardware: SCALAR_TARGET },
};

const MODES: Readonly<Record<LogicMode, readonly string[]>> = {
  both: [],
  lidar: ["--use", `ONLY_MODE=${MODE_LIDAR}`],
  imaging: ["--use", `ONLY_MODE=${MODE_IMAGING}`],
};

/** Class of hardware that a target is for. */
export function hardwareOf(target: LogicTarget): HardwareTarget {
  return TARGETS[target].hardware;
}

/** Options of the compiler besides those of asconfig.json. */
export function compilerOptions({ mode, target }: LogicOptions): readonly string[] {
  return ["--target", TARGETS[target].config, ...MODES[mode]];
}
