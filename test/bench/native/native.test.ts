import { execFileSync } from "node:child_process";
import { afterAll, describe, expect, test } from "vitest";
import { buildNative, hasCompiler } from "./build-native.ts";
import { nativeCases } from "./native-bench.ts";
import { TwinProcess } from "./twin-process.ts";

const compiler = hasCompiler();
if (!compiler)
  process.stderr.write("native twins: skipped, found no gcc; install it to compare with native code\n");

describe.skipIf(!compiler)("C twins", async () => {
  const program = compiler ? buildNative() : "";
  const twin = new TwinProcess(compiler ? program : "true");
  afterAll(() => twin.close());

  test.each((await nativeCases()).map((work) => [work.stage, work] as const))(
    "%s: the same bytes",
    async (_, work) => {
      const memory = await twin.open(work.memory);
      work.simd();
      await twin.run(memory, work.name, work.plan, 1);
      for (const span of work.outputs) {
        const found = await twin.read(memory, span.address, span.bytes);
        const expected = work.module(span);
        expect(expected.some((byte) => byte !== 0)).toBe(true);
        expect(Buffer.compare(found, expected)).toBe(0);
      }
    },
  );

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
