import { light } from "../../firmware/support/exposed-pixels.ts";
import type { ImagingParameters } from "../../firmware/support/imaging-parameters.ts";
import type { Parameters } from "../../firmware/support/parameter-block.ts";
import { Random } from "../../firmware/support/random.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";

/** Offset of the maps, 1/16 DN. */
const OFFSET_DN16 = 1536;
const DARK_DN16 = 160;
/** Electrons of a return in all its gates, and ambient electrons of a gate: a wall indoors. */
const AMPLITUDE_E = 1e5;
const BACKGROUND_E = 2000;
/** Round-trip time of a column's return: spread over 15 m. */
const NEAREST_NS = 5;
const REACH_NS = 100;

function mapsOf(width: number): Omit<ReferenceRow, "samples"> {
  return {
    offset: new Uint16Array(width).fill(OFFSET_DN16),
    dark: new Uint16Array(width).fill(DARK_DN16),
    bad: new Uint8Array(width),
  };
}

/** A line of returns, one a column, with shot, reset and read noise. */
export function lidarLine(p: Parameters, seed: number): ReferenceRow {
  const random = new Random(seed);
  const samples = new Uint16Array(p.gateDelaysNs.length * p.width);
  for (let x = 0; x < p.width; x++) {
    const shares = light(p, AMPLITUDE_E, NEAREST_NS + (REACH_NS * x) / p.width);
    shares.forEach((electrons, gate) => {
      const noise = random.normal() * Math.hypot(p.resetNoiseE, p.readNoiseE);
      const code = (random.poisson(electrons + BACKGROUND_E) + noise) / p.gainEPerDn + OFFSET_DN16 / 16;
      samples[gate * p.width + x] = Math.max(0, Math.min(p.saturationDn - 1, Math.round(code)));
    });
  }
  return { samples, ...mapsOf(p.width) };
}

/** A line of an evenly lit scene below saturation, its reads up the ramp; one column is a defect. */
export function imagingLine(p: ImagingParameters, seed: number): ReferenceRow {
  const random = new Random(seed);
  const samples = new Uint16Array(p.reads * p.width);
  for (let x = 0; x < p.width; x++) {
    const perRead = (0.6 * p.saturationDn * p.gainEPerDn * random.uniform()) / p.reads;
    let chargeE = p.gainEPerDn * (OFFSET_DN16 / 16);
    for (let read = 0; read < p.reads; read++) {
      chargeE += random.poisson(perRead);
      samples[read * p.width + x] = Math.round((chargeE + p.readNoiseE * random.normal()) / p.gainEPerDn);
    }
  }
  const maps = mapsOf(p.width);
  maps.bad[Math.floor(p.width / 2)] = 1;
  return { samples, ...maps };
}
