import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import { COMPONENT_IMAGING, COMPONENT_RAW } from "../../../hw-profiles/interface/reports.ts";
import { encodeParameters, INAS_PARAMETERS, type Parameters, sealParameterBlock } from "./parameter-block.ts";

/** Common fields, and the end of the block that only imaging has. Nothing of gates, pulses and ranges matters. */
export type ImagingParameters = Omit<Parameters, "gateDelaysNs" | "gateWidthsNs"> & {
  /** N; PARAM_GATES. */
  readonly reads: number;
  readonly readMode: number;
  readonly corrections: number;
  readonly intensityOffset: number;
  readonly intensityScale: number;
  readonly jumpChi2: number;
  readonly exposureNs: number;
  readonly offsetX: number;
  readonly offsetY: number;
  /** Horizontal | vertical << 8. */
  readonly binning: number;
  readonly decimation: number;
  readonly flickerRatio: number;
  readonly linear: readonly [k1: number, k2: number, k3: number];
  readonly shotBend: number;
};

/** 12 bit, 20 e-/DN, 100 e- kTC, 30 e- read noise, one read. */
export const SINGLE_PARAMETERS: ImagingParameters = {
  ...INAS_PARAMETERS,
  components: COMPONENT_IMAGING & ~COMPONENT_RAW,
  saturationDn: 3900,
  gainEPerDn: 20,
  resetNoiseE: 100,
  readNoiseE: 30,
  sigmaScale: 1 / 64,
  reads: 1,
  readMode: Blocks.READ_SINGLE,
  corrections: Blocks.CORRECT_ALL,
  intensityOffset: 256,
  intensityScale: 0.125,
  jumpChi2: 20.25,
  exposureNs: 10_000_000,
  offsetX: 16,
  offsetY: 8,
  binning: 0x0101,
  decimation: 0x0101,
  flickerRatio: 0,
  linear: [1, 0, 0],
  shotBend: 0,
};

export const CDS_PARAMETERS: ImagingParameters = {
  ...SINGLE_PARAMETERS,
  reads: 2,
  readMode: Blocks.READ_CDS,
};

export const RAMP_PARAMETERS: ImagingParameters = {
  ...SINGLE_PARAMETERS,
  reads: 8,
  readMode: Blocks.READ_RAMP,
};

/** PARAM_BYTES as the board writes them in imaging mode, CRC included. */
export function encodeImagingParameters(p: ImagingParameters): Uint8Array {
  const block = encodeParameters({ ...p, gateDelaysNs: [], gateWidthsNs: [] });
  const view = new DataView(block.buffer);
  view.setUint32(Blocks.PARAM_GATES, p.reads, true);
  view.setUint32(Blocks.PARAM_MODE, Blocks.MODE_IMAGING, true);
  view.setUint32(Blocks.PARAM_READ_MODE, p.readMode, true);
  view.setUint32(Blocks.PARAM_CORRECTIONS, p.corrections, true);
  view.setUint32(Blocks.PARAM_INTENSITY_OFFSET, p.intensityOffset, true);
  view.setFloat32(Blocks.PARAM_INTENSITY_SCALE, p.intensityScale, true);
  view.setFloat32(Blocks.PARAM_JUMP_CHI2, p.jumpChi2, true);
  view.setUint32(Blocks.PARAM_EXPOSURE_NS, p.exposureNs, true);
  view.setUint32(Blocks.PARAM_OFFSET_X, p.offsetX, true);
  view.setUint32(Blocks.PARAM_OFFSET_Y, p.offsetY, true);
  view.setUint32(Blocks.PARAM_BINNING, p.binning, true);
  view.setUint32(Blocks.PARAM_DECIMATION, p.decimation, true);
  view.setFloat32(Blocks.PARAM_FLICKER_RATIO, p.flickerRatio, true);
  p.linear.forEach((k, i) => {
    view.setFloat32(Blocks.PARAM_LINEAR_1 + 4 * i, k, true);
  });
  view.setFloat32(Blocks.PARAM_SHOT_BEND, p.shotBend, true);
  sealParameterBlock(block);
  return block;
}
