import { MAX_GATES } from "../../hw-profiles/interface/abi.ts";
import * as R from "../../hw-profiles/interface/reports.ts";
import { PacketError, requireLength, viewOf } from "./packet-error.ts";

/** Gate samples of the probe pixel with what is needed to turn them into electrons. */
export interface Probe {
  readonly x: number;
  readonly y: number;
  /** Codes, one per gate. */
  readonly samplesDn: Uint16Array;
  readonly offsetDn: number;
  /** Dark signal at the temperature of the dark map, DN. */
  readonly referenceDarkDn: number;
  /** Factor of the dark signal at this frame's temperature. */
  readonly darkScale: number;
}

/** The maps count in sixteenths of a code. */
const DN16 = 16;

/** @throws PacketError when the payload is short or claims more gates than the ABI allows. */
export function parseProbe(payload: Uint8Array): Probe {
  requireLength("probe", payload, R.PROBE_SAMPLES);
  const view = viewOf(payload);
  const gates = view.getUint16(R.PROBE_GATES, true);
  if (gates < 1 || gates > MAX_GATES)
    throw new PacketError("limit", "gate count of a probe", gates, `1..${MAX_GATES}`);
  requireLength("probe", payload, R.PROBE_SAMPLES + 2 * gates);
  const samplesDn = new Uint16Array(gates);
  for (let k = 0; k < gates; k++) samplesDn[k] = view.getUint16(R.PROBE_SAMPLES + 2 * k, true);
  return {
    x: view.getUint16(R.PROBE_X, true),
    y: view.getUint16(R.PROBE_Y, true),
    samplesDn,
    offsetDn: view.getUint16(R.PROBE_OFFSET_DN16, true) / DN16,
    referenceDarkDn: view.getUint16(R.PROBE_DARK_DN16, true) / DN16,
    darkScale: view.getFloat32(R.PROBE_DARK_SCALE, true),
  };
}

export function buildProbe(probe: Probe): Uint8Array {
  const payload = new Uint8Array(R.PROBE_SAMPLES + 2 * probe.samplesDn.length);
  const view = viewOf(payload);
  view.setUint16(R.PROBE_X, probe.x, true);
  view.setUint16(R.PROBE_Y, probe.y, true);
  view.setUint16(R.PROBE_GATES, probe.samplesDn.length, true);
  view.setUint16(R.PROBE_OFFSET_DN16, Math.round(probe.offsetDn * DN16), true);
  view.setUint16(R.PROBE_DARK_DN16, Math.round(probe.referenceDarkDn * DN16), true);
  view.setFloat32(R.PROBE_DARK_SCALE, probe.darkScale, true);
  let at = R.PROBE_SAMPLES;
  for (const code of probe.samplesDn) {
    view.setUint16(at, code, true);
    at += 2;
  }
  return payload;
}
