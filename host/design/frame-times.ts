// Times of a frame, from the formulas of docs/timing.md; whole cycles of the ROIC clock.

import type { LidarProfile } from "../../hw-profiles/sensor-profile.ts";

export interface FrameTimes {
  readonly frameS: number;
  readonly frameRateHz: number;
  /** Rows that convert together are sampled together. */
  readonly rowGroups: number;
  /** Laser pulses of a frame: K M. */
  readonly pulses: number;
  /** Pulse periods of one gate plane. */
  readonly pulsesS: number;
  /** From the end of the pulses to the sample of row group g: waitS + g groupS. */
  readonly waitS: number;
  readonly groupS: number;
  /** Reads of all planes. */
  readonly readS: number;
}

/** Times are rounded up to cycles; 1e-6 of a cycle absorbs decimal fractions. */
function cycles(timeNs: number, clockHz: number): number {
  return Math.ceil((timeNs * clockHz) / 1e9 - 1e-6);
}

export function frameTimes({ adc, array, emitter, gates, roic }: LidarProfile): FrameTimes {
  const { clockHz } = adc;
  const settle = cycles(roic.settleNs, clockHz);
  const transfer = cycles(roic.transferNs, clockHz);
  const sample = settle + 2 ** adc.bits;
  const group = roic.pipelined ? Math.max(sample, transfer) : sample + transfer;
  const rowGroups = Math.ceil(array.heightPx / roic.adcBanks);
  const read = (rowGroups - 1) * group + sample + transfer;
  const pulses = gates.pulsesPerGate * Math.round(clockHz / emitter.repetitionHz);
  const planes = gates.delaysNs.length;
  const frameS = (planes * (cycles(roic.globalResetNs, clockHz) + pulses + read)) / clockHz;
  return {
    frameS,
    frameRateHz: 1 / frameS,
    rowGroups,
    pulses: planes * gates.pulsesPerGate,
    pulsesS: pulses / clockHz,
    waitS: settle / clockHz,
    groupS: group / clockHz,
    readS: (planes * read) / clockHz,
  };
}

/** How long one gate plane of a row collects. */
export interface CollectionTimes {
  readonly ambientS: number;
  readonly darkS: number;
}

/**
 * Dark current collects from the reset's release to the sample; ambient light while the film is biased, and with the
 * share `extinction` in between. Swept reset: the film is biased all the time.
 * @param rowGroup 0 .. rowGroups - 1; may lie between, for a mean.
 */
export function collectionTimes(profile: LidarProfile, times: FrameTimes, rowGroup: number): CollectionTimes {
  const { gates } = profile;
  const waitS = times.waitS + rowGroup * times.groupS;
  const darkS = times.pulsesS + waitS;
  if (gates.gating === "swept-reset") return { ambientS: darkS, darkS };
  const openS = gates.pulsesPerGate * (gates.widthsNs[0] ?? 0) * 1e-9;
  return { ambientS: openS + gates.extinction * (darkS - openS), darkS };
}
