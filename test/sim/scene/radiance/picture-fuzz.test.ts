import fc from "fast-check";
import { encode } from "fast-png";
import { describe, expect, it } from "vitest";
import { readExr } from "../../../../sim/scene/radiance/picture/exr-picture.ts";
import { readPfm } from "../../../../sim/scene/radiance/picture/pfm-picture.ts";
import type { Picture } from "../../../../sim/scene/radiance/picture/picture.ts";
import { readPngPicture } from "../../../../sim/scene/radiance/picture/png-picture.ts";
import { SceneError } from "../../../../sim/scene/scene-error.ts";
import { writeExr, writePfm } from "./picture-files.ts";

const SEED = 20261121;
const RUNS = 400;
/** A damaged file of a few kilobytes can justify this much. */
const MAX_BYTES = 16 << 20;

const value = (row: number, column: number): number => row + column / 8;

interface Target {
  readonly samples: readonly Uint8Array[];
  readonly read: (bytes: Uint8Array) => Picture;
}

const TARGETS: Readonly<Record<string, Target>> = {
  PFM: {
    samples: [writePfm(5, 7, 1, value), writePfm(5, 7, 3, value, { isLittle: false })],
    read: (bytes) => readPfm("fuzz", bytes),
  },
  EXR: {
    samples: [
      writeExr(5, 20, ["Y"], value),
      writeExr(5, 20, ["B", "G", "R"], value, { compression: 3, types: ["half", "half", "half"] }),
      writeExr(64, 3, ["Y"], () => 1, { compression: 2 }),
      runLengths(),
    ],
    read: (bytes) => readExr("fuzz", bytes),
  },
  PNG: {
    samples: [
      encode({ width: 5, height: 7, channels: 3, data: new Uint8Array(105).fill(99) }),
      encode({ width: 5, height: 7, channels: 2, depth: 16, data: new Uint16Array(70).fill(999) }),
    ],
    read: (bytes) => readPngPicture("fuzz", bytes, "srgb"),
  },
};

/** One line of 64 zeros as one run: after differences, 256 bytes: 0, then 255 times 128. */
function runLengths(): Uint8Array {
  const plain = writeExr(64, 1, ["Y"], () => 0, { compression: 1 });
  const packed = Buffer.of(0, 0, 127, 128, 126, 128);
  const file = Buffer.concat([plain.subarray(0, plain.length - 256), packed]);
  file.writeUInt32LE(packed.length, plain.length - 260);
  return file;
}

/** Bytes in place of a few bytes somewhere. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat(8),
  insert: fc.uint8Array({ maxLength: 8 }),
});

/** Returns a picture of its own size or throws a SceneError; anything else is a crash. */
function survives({ read }: Target, bytes: Uint8Array): void {
  const before = process.memoryUsage().arrayBuffers;
  try {
    const { width, height, values } = read(bytes);
    expect(values.length).toBe(width * height);
    expect(values.every((light) => light >= 0 && Number.isFinite(light))).toBe(true);
  } catch (error) {
    if (!(error instanceof SceneError)) throw error;
    expect(error.message.length).toBeLessThan(1000);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MAX_BYTES);
}

describe("damaged pictures give a SceneError or a picture, never a crash, a hang or much memory", () => {
  for (const [name, target] of Object.entries(TARGETS)) {
    it(`${name}: ${RUNS} damaged files`, () => {
      for (const sample of target.samples) expect(() => target.read(sample)).not.toThrow();
      const blows = fc.array(damage, { minLength: 1, maxLength: 3 });
      const property = fc.property(fc.constantFrom(...target.samples), blows, (sample, hits) => {
        let bytes = Buffer.from(sample);
        for (const { at, remove, insert } of hits) {
          const start = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
        }
        survives(target, bytes);
      });
      fc.assert(property, { seed: SEED, numRuns: RUNS });
    });

    it(`${name}: every truncation`, () => {
      for (const sample of target.samples) {
        for (let length = 0; length < sample.length; length++) survives(target, sample.subarray(0, length));
      }
    });

    it(`${name}: every byte set to its largest and smallest`, () => {
      for (const sample of target.samples) {
        for (let at = 0; at < Math.min(sample.length, 500); at++) {
          for (const byte of [0, 0x7f, 0xff]) {
            const bytes = Uint8Array.from(sample);
            bytes[at] = byte;
            survives(target, bytes);
          }
        }
      }
    });
  }

  it("sizes that overflow are refused before memory is taken", () => {
    for (const [width, height] of [
      [0xffff, 0xffff],
      [0x7fffffff, 1],
      [1, 0x7fffffff],
    ] as const) {
      const file = writeExr(4, 1, ["Y"], () => 1);
      const at = file.indexOf("dataWindow") + 21;
      [0, 0, width - 1, height - 1].forEach((edge, i) => void file.writeInt32LE(edge, at + 4 * i));
      expect(() => readExr("huge", file)).toThrow(SceneError);
      expect(() => readPfm("huge", Buffer.from(`PF\n${width} ${height}\n-1\n`))).toThrow(SceneError);
    }
  });
});
