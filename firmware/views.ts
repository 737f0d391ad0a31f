// Struct views over the blocks of hw-profiles/interface/memory-map.ts. The board knows the same offsets from that
// file; contract_offsets() exports these and a test compares them.
import { MAX_GATES } from "../hw-profiles/interface/abi.ts";
import {
  FRAME_BLOCK,
  LAYOUT_BLOCK,
  PARAM_BLOCK,
  PARAM_MODE,
  PARAM_RETURNS,
  STATUS_BLOCK,
} from "../hw-profiles/interface/memory-map.ts";

/** What the board writes before configure(). Units stand in memory-map.ts. */
@unmanaged
export class ParameterBlock {
  magic: u32 = 0;
  abi: u32 = 0;
  length: u32 = 0;
  crc: u32 = 0;
  width: u32 = 0;
  height: u32 = 0;
  gates: u32 = 0;
  adcBits: u32 = 0;
  gating: u32 = 0;
  pulsesPerGate: u32 = 0;
  components: u32 = 0;
  rawFormat: u32 = 0;
  saturationDn: u32 = 0;
  probeX: u32 = 0;
  probeY: u32 = 0;
  clockHz: u32 = 0;
  pulseWidthNs: f32 = 0;
  pulsePeriodNs: f32 = 0;
  responseTauNs: f32 = 0;
  tailFraction: f32 = 0;
  tailTauNs: f32 = 0;
  extinction: f32 = 0;
  gainEPerDn: f32 = 0;
  resetNoiseE: f32 = 0;
  readNoiseE: f32 = 0;
  t0MinNs: f32 = 0;
  t0MaxNs: f32 = 0;
  timeOffsetNs: f32 = 0;
  detectionSigma: f32 = 0;
  lowSignalSigma: f32 = 0;
  misfitChi2: f32 = 0;
  darkActivationEv: f32 = 0;
  darkReferenceK: f32 = 0;
  rangeScale: f32 = 0;
  sigmaScale: f32 = 0;
  amplitudeScale: f32 = 0;
  ambientScale: f32 = 0;
  darkExposureScale: f32 = 0;
  reserved0: u32 = 0;
  reserved1: u32 = 0;
  /** First of MAX_GATES delays; MAX_GATES widths follow them. */
  gateDelaysNs: f32 = 0;
}

/** End of the parameter block, from PARAM_MODE on: what imaging needs besides. */
@unmanaged
export class ImagingParameters {
  mode: u32 = 0;
  readMode: u32 = 0;
  corrections: u32 = 0;
  intensityOffset: u32 = 0;
  intensityScale: f32 = 0;
  jumpChi2: f32 = 0;
  exposureNs: u32 = 0;
  offsetX: u32 = 0;
  offsetY: u32 = 0;
  /** Horizontal in the low byte, vertical in the next. */
  binning: u32 = 0;
  decimation: u32 = 0;
  flickerRatio: f32 = 0;
  linear1: f32 = 0;
  linear2: f32 = 0;
  linear3: f32 = 0;
  shotBend: f32 = 0;
}

/** The parameters of further returns. */
@unmanaged
export class ReturnParameters {
  returns: u32 = 0;
  order: u32 = 0;
  chi2: f32 = 0;
}

/** What the board writes before begin_frame(); endCycle before end_frame(). */
@unmanaged
export class FrameBlock {
  frame: u32 = 0;
  temperatureMk: u32 = 0;
  startCycle: u64 = 0;
  endCycle: u64 = 0;
  dropped: u32 = 0;
}

/** Where the board's DMA puts lines and maps: written by configure(). */
@unmanaged
export class LayoutBlock {
  samples: u32 = 0;
  offsetMap: u32 = 0;
  darkMap: u32 = 0;
  badMap: u32 = 0;
  reports: u32 = 0;
  reportCapacity: u32 = 0;
  usedBytes: u32 = 0;
  timeMap: u32 = 0;
}

/** Written in every call. */
@unmanaged
export class StatusBlock {
  last: u32 = 0;
  reportCount: u32 = 0;
  detail: u32 = 0;
  sequence: u32 = 0;
}

export const parameters = changetype<ParameterBlock>(PARAM_BLOCK);
export const imaging = changetype<ImagingParameters>(PARAM_BLOCK + PARAM_MODE);
export const returnParameters = changetype<ReturnParameters>(PARAM_BLOCK + PARAM_RETURNS);
export const frameBlock = changetype<FrameBlock>(FRAME_BLOCK);
export const layoutBlock = changetype<LayoutBlock>(LAYOUT_BLOCK);
export const statusBlock = changetype<StatusBlock>(STATUS_BLOCK);

/**
 * u16 offsets of the views as the compiler laid them out, for a test to compare with memory-map.ts: first the PARAM_ fields,
 * then FRAME_, LAYOUT_ and STATUS_, each by rising offset.
 */
export const CONTRACT_OFFSETS: usize = memory.data<u16>([
  u16(offsetof<ParameterBlock>("magic")),
  u16(offsetof<ParameterBlock>("abi")),
  u16(offsetof<ParameterBlock>("length")),
  u16(offsetof<ParameterBlock>("crc")),
  u16(offsetof<ParameterBlock>("width")),
  u16(offsetof<ParameterBlock>("height")),
  u16(offsetof<ParameterBlock>("gates")),
  u16(offsetof<ParameterBlock>("adcBits")),
  u16(offsetof<ParameterBlock>("gating")),
  u16(offsetof<ParameterBlock>("pulsesPerGate")),
  u16(offsetof<ParameterBlock>("components")),
  u16(offsetof<ParameterBlock>("rawFormat")),
  u16(offsetof<ParameterBlock>("saturationDn")),
  u16(offsetof<ParameterBlock>("probeX")),
  u16(offsetof<ParameterBlock>("probeY")),
  u16(offsetof<ParameterBlock>("clockHz")),
  u16(offsetof<ParameterBlock>("pulseWidthNs")),
  u16(offsetof<ParameterBlock>("pulsePeriodNs")),
  u16(offsetof<ParameterBlock>("responseTauNs")),
  u16(offsetof<ParameterBlock>("tailFraction")),
  u16(offsetof<ParameterBlock>("tailTauNs")),
  u16(offsetof<ParameterBlock>("extinction")),
  u16(offsetof<ParameterBlock>("gainEPerDn")),
  u16(offsetof<ParameterBlock>("resetNoiseE")),
  u16(offsetof<ParameterBlock>("readNoiseE")),
  u16(offsetof<ParameterBlock>("t0MinNs")),
  u16(offsetof<ParameterBlock>("t0MaxNs")),
  u16(offsetof<ParameterBlock>("timeOffsetNs")),
  u16(offsetof<ParameterBlock>("detectionSigma")),
  u16(offsetof<ParameterBlock>("lowSignalSigma")),
  u16(offsetof<ParameterBlock>("misfitChi2")),
  u16(offsetof<ParameterBlock>("darkActivationEv")),
  u16(offsetof<ParameterBlock>("darkReferenceK")),
  u16(offsetof<ParameterBlock>("rangeScale")),
  u16(offsetof<ParameterBlock>("sigmaScale")),
  u16(offsetof<ParameterBlock>("amplitudeScale")),
  u16(offsetof<ParameterBlock>("ambientScale")),
  u16(offsetof<ParameterBlock>("darkExposureScale")),
  u16(offsetof<ParameterBlock>("gateDelaysNs")),
  u16(offsetof<ParameterBlock>("gateDelaysNs") + MAX_GATES * sizeof<f32>()),
  u16(PARAM_MODE + offsetof<ImagingParameters>("mode")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("readMode")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("corrections")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("intensityOffset")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("intensityScale")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("jumpChi2")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("exposureNs")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("offsetX")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("offsetY")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("binning")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("decimation")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("flickerRatio")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("linear1")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("linear2")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("linear3")),
  u16(PARAM_MODE + offsetof<ImagingParameters>("shotBend")),
  u16(PARAM_RETURNS + offsetof<ReturnParameters>("returns")),
  u16(PARAM_RETURNS + offsetof<ReturnParameters>("order")),
  u16(PARAM_RETURNS + offsetof<ReturnParameters>("chi2")),
  u16(offsetof<FrameBlock>("frame")),
  u16(offsetof<FrameBlock>("temperatureMk")),
  u16(offsetof<FrameBlock>("startCycle")),
  u16(offsetof<FrameBlock>("endCycle")),
  u16(offsetof<FrameBlock>("dropped")),
  u16(offsetof<LayoutBlock>("samples")),
  u16(offsetof<LayoutBlock>("offsetMap")),
  u16(offsetof<LayoutBlock>("darkMap")),
  u16(offsetof<LayoutBlock>("badMap")),
  u16(offsetof<LayoutBlock>("reports")),
  u16(offsetof<LayoutBlock>("reportCapacity")),
  u16(offsetof<LayoutBlock>("usedBytes")),
  u16(offsetof<LayoutBlock>("timeMap")),
  u16(offsetof<StatusBlock>("last")),
  u16(offsetof<StatusBlock>("reportCount")),
  u16(offsetof<StatusBlock>("detail")),
  u16(offsetof<StatusBlock>("sequence")),
]);
