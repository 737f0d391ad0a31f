import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { encodeParameters, INAS_PARAMETERS } from "../../firmware/support/parameter-block.ts";
import { Random } from "../../firmware/support/random.ts";
import { randomRow } from "../../firmware/support/random-frames.ts";
import { buildNative, hasCompiler } from "./build-native.ts";
import { nativeCases } from "./native-bench.ts";
import type { NativeCase } from "./native-case.ts";
import { tofNativeCase } from "./tof-native.ts";
import { TwinProcess } from "./twin-process.ts";

const compiler = hasCompiler();
if (!compiler)
  process.stderr.write("native twins: skipped, found no gcc; install it to compare with native code\n");

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
  afterAll(() => twin.close());

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
