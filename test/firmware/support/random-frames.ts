import type { Parameters } from "./parameter-block.ts";
import type { Random } from "./random.ts";
import type { FrameInput, RowInput } from "./test-board.ts";

/** What a random pixel looks like; `kind` cycles through all of them. */
function fillPixel(row: RowInput, x: number, p: Parameters, random: Random): void {
  const gates = p.gateDelaysNs.length;
  const top = 2 ** p.adcBits - 1;
  const kind = random.below(12);
  const level = random.below(top);
  const contrast = random.below(p.saturationDn + 200);
  const centre = random.below(gates);
  for (let k = 0; k < gates; k++) {
    const bump = contrast * Math.exp(-(((k - centre) / 5) ** 2));
    const noise = random.normal() * (1 + random.below(8));
    const realistic = 96 + level * 0.1 + bump + noise;
    const values = [0, top, 0xffff, random.below(65536), random.below(top + 1)];
    const value = kind < values.length ? values[kind]! : realistic;
    row.samples[k * p.width + x] = Math.max(0, Math.min(65535, Math.round(value)));
  }
}

/** A row of random pixels: noise-like returns, zeros, saturated, impossible codes, defects, odd maps. */
export function randomRow(p: Parameters, random: Random): RowInput {
  const row: RowInput = {
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
export function randomFrame(p: Parameters, random: Random): FrameInput {
  return {
    frame: random.word(),
    temperatureMk: 250_000 + random.below(100_000),
    startCycle: BigInt(random.word()) << 20n,
    endCycle: (BigInt(random.word()) << 20n) + 5n,
    dropped: random.below(5),
    rows: Array.from({ length: p.height }, () => randomRow(p, random)),
  };
}
