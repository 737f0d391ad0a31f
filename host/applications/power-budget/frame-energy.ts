import { imagingFrame } from "../../../hw-profiles/resolve/imaging-frame.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";
import type { NodeLink, NodeModel } from "./node-model.ts";

/** Where the energy of a frame goes, J. */
export interface FrameEnergy {
  readonly convertersJ: number;
  readonly linesJ: number;
  readonly busJ: number;
  readonly chipJ: number;
  readonly logicJ: number;
  readonly linkJ: number;
  readonly totalJ: number;
}

/** Frames per second that the row sequencer can do with the profile's exposure. */
export function fastestRateHz(profile: ImagingProfile): number {
  return profile.adc.clockHz / imagingFrame(profile).minFrameCycles;
}

/** One frame of a sensor in its state after power-on: converters count 2^bits cycles for every group of rows and read. */
export function frameEnergy(profile: ImagingProfile, node: NodeModel, link: NodeLink): FrameEnergy {
  const { adc, array, exposure, roic } = profile;
  const { convertCycles, groups, minFrameCycles } = imagingFrame(profile);
  const pixels = array.widthPx * array.heightPx;
  const reads = exposure.readMode === "cds" ? 2 : exposure.readMode === "ramp" ? exposure.reads : 1;
  const samples = pixels * reads;
  const parts = {
    convertersJ: node.adcJPerCycle * convertCycles * groups * reads * roic.adcBanks * array.widthPx,
    linesJ: node.lineJPerSample * samples,
    busJ: node.busJPerBit * samples * adc.bits,
    chipJ: (node.chipActiveW * minFrameCycles) / adc.clockHz,
    logicJ: node.logicJPerSample * samples,
    linkJ: node.linkJPerBit[link] * node.sentBitsPerPixel * pixels,
  };
  return { ...parts, totalJ: Object.values(parts).reduce((sum, value) => sum + value, 0) };
}
