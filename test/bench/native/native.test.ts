import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { encodeParameters, FAST_WITH_GAPS, INAS_PARAMETERS } from "../../firmware/support/parameter-block.ts";
import { Random } from "../../firmware/support/random.ts";
import { randomRow } from "../../firmware/support/random-frames.ts";
import { correctPixel } from "../../reference/firmware/correct.ts";
import { matchedFilter } from "../../reference/firmware/matched-filter.ts";
import { ReferenceReadout } from "../../reference/firmware/readout.ts";
import { pythonWithNumpy } from "../../support/python.ts";
import { buildNative, hasCompiler, removeNative } from "./build-native.ts";
import { matchNativeCase } from "./match-native.ts";
import { nativeCases } from "./native-bench.ts";
import type { NativeCase } from "./native-case.ts";
import { openNumpy } from "./numpy-twin.ts";
import { tofNativeCase } from "./tof-native.ts";
import { TwinProcess } from "./twin-process.ts";

const compiler = hasCompiler();
if (!compiler)
  process.stderr.write("native twins: skipped, found no gcc; install it to compare with native code\n");

const numpyIsThere = pythonWithNumpy() !== undefined;

async function expectSameBytes(twin: TwinProcess, work: NativeCase): Promise<void> {
  const memory = await twin.open(work.memory);
  work.simd();
  await twin.run(memory, work.name, work.plan, 1);
  for (const span of work.outputs) {
    const found = await twin.read(memory, span.address, span.bytes);
    const expected = work.module(span);
    expect(expected.some((byte) => byte !== 0)).toBe(true);
    expect(Buffer.compare(found, expected)).toBe(0);
  }
}

describe.skipIf(!compiler)("C twins", async () => {
  const program = compiler ? buildNative() : "";
  const twin = new TwinProcess(compiler ? program : "true");
  afterAll(() => {
    twin.close();
    if (compiler) removeNative(program);
  });

  test.each((await nativeCases()).map((work) => [work.stage, work] as const))(
    "%s: the same bytes",
    (_, work) => expectSameBytes(twin, work),
  );

  test.each([1, 2])("time of flight of every kind of pixel, seed %i: the same bytes", async (seed) => {
    const parameters = { ...INAS_PARAMETERS, width: 320, height: 1 };
    const row = randomRow(parameters, new Random(seed));
    const work = tofNativeCase({ block: encodeParameters(parameters), row, gates: 32, widthPx: 320 });
    await expectSameBytes(twin, work);
  });

  test("time of flight of a fast film, weak returns among it: the same bytes", async () => {
    const parameters = { ...FAST_WITH_GAPS, width: 320, height: 1 };
    const row = randomRow(parameters, new Random(4));
    const work = tofNativeCase({ block: encodeParameters(parameters), row, gates: 16, widthPx: 320 });
    await expectSameBytes(twin, work);
  });

  test("no lanes wider than 128 bits", () => {
    const code = execFileSync("objdump", ["-d", program], { maxBuffer: 1 << 26 }).toString();
    expect(code).toMatch(/%xmm|\bv\d+\.4s/);
    expect(code).not.toMatch(/%[yz]mm/);
  });

  test("refuses what it does not know", async () => {
    const other = new TwinProcess(program);
    await expect(other.run(7, "image", 0, 1)).rejects.toThrow("number of a memory that is not open");
  });
});

describe.skipIf(!numpyIsThere)("numpy's matched filter", () => {
  test("finds what the reference finds, to the rounding of f32", async () => {
    const parameters = { ...INAS_PARAMETERS, width: 64, height: 1 };
    const row = randomRow(parameters, new Random(3));
    const block = encodeParameters(parameters);
    const work = matchNativeCase({ block, row, gates: 32, widthPx: 64 });
    const numpy = openNumpy()!;
    const memory = await numpy.open(work.memory);
    for (const name of ["match_float32", "match_int32"]) await numpy.run(memory, name, work.plan, 1);
    const found = new Float64Array((await numpy.read(memory, work.plan, 64 * 4 * 8)).buffer);
    numpy.close();
    const { parameters: p, tables } = new ReferenceReadout(block);
    for (let x = 0; x < 64; x++) {
      const start = matchedFilter(p, tables, correctPixel(p, row.samples, x, row.offset[x]!));
      const [positionNs, amplitudeE, backgroundE] = found.subarray(4 * x, 4 * x + 3);
      expect(Math.abs(positionNs! - start.positionNs)).toBeLessThan(1e-9);
      const scale = Math.abs(start.amplitudeE) + Math.abs(start.backgroundE);
      expect(Math.abs(amplitudeE! - start.amplitudeE)).toBeLessThanOrEqual(1e-6 * scale);
      expect(Math.abs(backgroundE! - start.backgroundE)).toBeLessThanOrEqual(1e-6 * scale);
    }
  });
});
