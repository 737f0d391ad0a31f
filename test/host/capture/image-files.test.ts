import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { decode } from "fast-png";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { crc32 } from "../../../host/capture/crc32.ts";
import { encodePng16 } from "../../../host/capture/png16.ts";
import { encodeTiff32f } from "../../../host/capture/tiff32f.ts";
import { pythonWithNumpy } from "../../support/python.ts";
import { readTiff32f } from "../../support/tiff.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cqd-capture-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const sizes = fc.tuple(fc.integer({ min: 1, max: 37 }), fc.integer({ min: 1, max: 23 }));

describe("16-bit PNG", () => {
  test("the check value of CRC-32", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
  });

  test("fast-png reads the codes back, 16-bit greyscale, with all checksums right", () => {
    const images = sizes.chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        codes: fc.uint16Array({ minLength: width * height, maxLength: width * height }),
      }),
    );
    fc.assert(
      fc.property(images, ({ width, height, codes }) => {
        const image = decode(encodePng16(codes, width, height), { checkCrc: true });
        expect(image).toMatchObject({ width, height, depth: 16, channels: 1 });
        expect(image.data).toEqual(codes);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test("the header, byte for byte", () => {
    const bytes = encodePng16(Uint16Array.of(0, 1, 0x1234, 65535, 4095, 7), 3, 2);
    expect(Buffer.from(bytes.subarray(0, 33)).toString("hex")).toBe(
      "89504e470d0a1a0a0000000d4948445200000003000000021000000000e88fe585",
    );
  });

  test.each([
    [5, 2, 3],
    [0, 0, 0],
    [6, 6, 1.0000001],
    [6, -2, -3],
  ])("%d pixels of %d x %d are refused", (pixels, width, height) => {
    expect(() => encodePng16(new Uint16Array(pixels), width, height)).toThrow(/found \d+ pixels, expected/);
  });
});

describe("32-bit float TIFF", () => {
  test("an own reader gives every value back, bit for bit", () => {
    const images = sizes.chain(([width, height]) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        values: fc.float32Array({ minLength: width * height, maxLength: width * height }),
        text: fc.string({ maxLength: 40 }),
      }),
    );
    fc.assert(
      fc.property(images, ({ width, height, values, text }) => {
        const image = readTiff32f(encodeTiff32f(values, width, height, text));
        expect(image).toMatchObject({ width, height });
        expect(Buffer.from(image.values.buffer)).toEqual(Buffer.from(values.slice().buffer));
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test("the description is ASCII", () => {
    const bytes = encodeTiff32f(Float32Array.of(1), 1, 1, "Größe, µm");
    expect(readTiff32f(bytes).description).toBe("Gr??e, ?m");
    expect(readTiff32f(encodeTiff32f(Float32Array.of(1), 1, 1, "")).description.trim()).toBe("");
  });

  test("a size that does not fit is refused", () => {
    expect(() => encodeTiff32f(new Float32Array(5), 2, 3, "")).toThrow("found 5 pixels, expected 2 x 3");
  });

  const python = pythonWithNumpy();
  test.skipIf(python === undefined)("numpy finds the values where the tags say, in byte order", () => {
    const path = join(folder, "a.tiff");
    const values = Float32Array.of(0, -1.5, 3.25e-7, Number.POSITIVE_INFINITY, 1e30, -0);
    writeFileSync(path, encodeTiff32f(values, 3, 2, "six values"));
    const script = `
import struct, sys, numpy
data = open(sys.argv[1], "rb").read()
assert data[:4] == b"II*\\0"
at, = struct.unpack_from("<I", data, 4)
count, = struct.unpack_from("<H", data, at)
tags = {}
for i in range(count):
    tag, kind, n = struct.unpack_from("<HHI", data, at + 2 + 12 * i)
    tags[tag] = struct.unpack_from({3: "<H", 4: "<I", 2: "<I"}[kind], data, at + 10 + 12 * i)[0]
assert list(tags) == sorted(tags)
assert (tags[258], tags[259], tags[277], tags[339]) == (32, 1, 1, 3)
image = numpy.frombuffer(data, "<f4", tags[279] // 4, tags[273]).reshape(tags[257], tags[256])
print(image.tolist())
`;
    const printed = execFileSync(python!, ["-c", script, path], { encoding: "utf8" }).trim();
    expect(printed).toBe("[[0.0, -1.5, 3.250000020216248e-07], [inf, 1.0000000150474662e+30, -0.0]]");
  });
});
