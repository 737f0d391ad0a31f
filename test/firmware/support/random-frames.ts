import type { ReferenceFrame, ReferenceRow } from "../../reference/firmware/frame.ts";
import { shares } from "./bound.ts";
import type { Parameters } from "./parameter-block.ts";
import type { Random } from "./random.ts";

/** A return as the sensor would see it: shot, reset and read noise on the response of the film. */
function realisticCodes(p: Parameters, random: Random): number[] {
  const setup = {
    delaysNs: p.gateDelaysNs,
    widthNs: p.gateWidthsNs[0]!,
    pulseNs: p.pulseWidthNs,
    periodNs: p.pulsePeriodNs,
    tauNs: p.responseTauNs,
    noiseVariance: 0,
  };
  const fullE = p.saturationDn * p.gainEPerDn;
  const amplitudeE = fullE * 10 ** (1 - 4 * random.uniform());
  const backgroundE = 0.2 * fullE * random.uniform();
  return shares(p.t0MinNs + (p.t0MaxNs - p.t0MinNs) * random.uniform(), setup).map((share) => {
    const electrons = random.poisson(amplitudeE * share + backgroundE) + p.resetNoiseE * random.normal();
    return Math.floor(electrons / p.gainEPerDn + 96.5);
  });
}

/** One pixel: realistic, or one of the kinds that no scene makes. */
function fillPixel(row: ReferenceRow, x: number, p: Parameters, random: Random): void {
  const gates = p.gateDelaysNs.length;
  const top = 2 ** p.adcBits - 1;
  const oddities = [
    (): number => 0,
    (): number => top,
    (): number => 0xffff,
    (): number => random.below(65536),
    (): number => random.below(top + 1),
  ];
  const odd = oddities[random.below(12)];
  const codes = odd === undefined ? realisticCodes(p, random) : Array.from({ length: gates }, odd);
  codes.forEach((code, k) => {
    row.samples[k * p.width + x] = Math.max(0, Math.min(65535, code));
  });
}

/** A row of random pixels: noise-like returns, zeros, saturated, impossible codes, defects, odd maps. */
export function randomRow(p: Parameters, random: Random): ReferenceRow {
  const row: ReferenceRow = {
    samples: new Uint16Array(p.gateDelaysNs.length * p.width),
    offset: Uint16Array.from({ length: p.width }, () =>
      random.below(10) === 0 ? random.below(65536) : 1500 + random.below(100),
    ),
    dark: Uint16Array.from({ length: p.width }, () =>
      random.below(10) === 0 ? random.below(65536) : random.below(400),
    ),
    bad: Uint8Array.from({ length: p.width }, () => (random.below(15) === 0 ? 1 + random.below(255) : 0)),
  };
  for (let x = 0; x < p.width; x++) fillPixel(row, x, p, random);
  return row;
}

/** A frame of random rows. */
export function randomFrame(p: Parameters, random: Random): ReferenceFrame {
  return {
    frame: random.word(),
    temperatureMk: 250_000 + random.below(100_000),
    startCycle: BigInt(random.word()) << 20n,
    endCycle: (BigInt(random.word()) << 20n) + 5n,
    dropped: random.below(5),
    rows: Array.from({ length: p.height }, () => randomRow(p, random)),
  };
}
