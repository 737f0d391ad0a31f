import fc from "fast-check";
import { expect, test } from "vitest";
import { clearMissingRaw, markMissingLines, markMissingRaw } from "../../../host/packet/missing-pixels.ts";
import {
  COMPONENT_ALL,
  PIXEL_FORMAT_MONO12P,
  PIXEL_FORMAT_MONO16,
} from "../../../hw-profiles/interface/reports.ts";
import { leaderOf, SMALL } from "../support/synthetic-frames.ts";

const WIDTH = 7;
const HEIGHT = 3;
const GATES = 2;

const shape = fc.record({
  components: fc.integer({ min: 1, max: COMPONENT_ALL }),
  rawFormat: fc.constantFrom(PIXEL_FORMAT_MONO16, PIXEL_FORMAT_MONO12P),
});

/** Range, sigma and amplitude of the second and the third return, spread and its sigma. */
const FURTHER = [0x80, 0x80, 0x80, 0x100, 0x100, 0x100, 0x200, 0x200].map((bit) => [bit, 2] as const);

/** The pixel of every byte of the KIND_LINES stream, written out row by row as the contract says. */
function pixelsOfLines(components: number): number[][] {
  const owners: number[][] = [];
  for (let row = 0; row < HEIGHT; row++)
    for (const [bit, bytes] of [
      [0x01, 2],
      [0x02, 2],
      [0x04, 2],
      [0x08, 2],
      [0x40, 2],
      ...FURTHER,
      [0x10, 1],
    ] as const)
      for (let x = 0; x < WIDTH && components & bit; x++)
        for (let byte = 0; byte < bytes; byte++) owners.push([row * WIDTH + x]);
  return owners;
}

/** The pixels (12-bit packing: up to two) of every byte of the KIND_RAW stream. */
function pixelsOfRaw(rawFormat: number): number[][] {
  const bits = rawFormat === PIXEL_FORMAT_MONO12P ? 12 : 16;
  const lineBytes = Math.ceil((WIDTH * bits) / 8);
  const owners: number[][] = [];
  for (let row = 0; row < HEIGHT; row++)
    for (let gate = 0; gate < GATES; gate++)
      for (let byte = 0; byte < lineBytes; byte++) {
        const touching = Array.from({ length: WIDTH }, (_, x) => x).filter(
          (x) => x * bits < 8 * byte + 8 && (x + 1) * bits > 8 * byte,
        );
        owners.push(touching.map((x) => row * WIDTH + x));
      }
  return owners;
}

test.each([
  ["lines", markMissingLines],
  ["raw", markMissingRaw],
] as const)("%s: exactly the pixels of the lost bytes are marked", (kind, mark) => {
  fc.assert(
    fc.property(
      shape,
      fc.nat(),
      fc.integer({ min: 1, max: 60 }),
      ({ components, rawFormat }, from, length) => {
        const owners = kind === "lines" ? pixelsOfLines(components) : pixelsOfRaw(rawFormat);
        fc.pre(owners.length > 0);
        const start = from % owners.length;
        const end = Math.min(owners.length, start + length);
        const leader = leaderOf(0, {
          ...SMALL,
          width: WIDTH,
          height: HEIGHT,
          gates: GATES,
          components,
          rawFormat,
        });
        const missing = new Uint8Array(WIDTH * HEIGHT);
        mark(missing, leader, [[start, end]]);
        const expected = new Uint8Array(WIDTH * HEIGHT);
        for (const pixel of owners.slice(start, end).flat()) expected[pixel] = 1;
        expect(missing).toEqual(expected);
      },
    ),
    { seed: 7, numRuns: 2000 },
  );
});

test.each([
  ["Mono16", PIXEL_FORMAT_MONO16],
  ["Mono12p", PIXEL_FORMAT_MONO12P],
])(
  "raw codes in %s: of a lost byte, every sample that has a part in it is 0, and no other",
  (_, rawFormat) => {
    const shape = { ...SMALL, width: WIDTH, height: HEIGHT, gates: GATES, components: 0x3f, rawFormat };
    const lineBytes = pixelsOfRaw(rawFormat).length / (HEIGHT * GATES);
    pixelsOfRaw(rawFormat).forEach((pixels, byte) => {
      const codes = new Uint16Array(GATES * HEIGHT * WIDTH).fill(7);
      clearMissingRaw(codes, leaderOf(0, shape), [[byte, byte + 1]]);
      const gate = Math.floor(byte / lineBytes) % GATES;
      const expected = new Uint16Array(codes.length).fill(7);
      for (const pixel of pixels) expected[gate * HEIGHT * WIDTH + pixel] = 0;
      expect(codes).toEqual(expected);
    });
  },
);
