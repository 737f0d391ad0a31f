import { copyFile, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImageSummary } from "../../host/cli/image/image-summary.ts";
import type { Verdict } from "../../host/cli/image/verify-run.ts";
import { cqd } from "./support/run-main.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const example = join(root, "firmware/examples/brightest-gate");
let folder: string;
let module: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cqd-image-"));
  module = join(folder, "logic.wasm");
  await copyFile(join(root, "build/readout-scalar-lidar.wasm"), module);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function json<T>(...args: string[]): Promise<T> {
  const { stdout } = await cqd(...args, "--json");
  return JSON.parse(stdout) as T;
}

describe("cqd image", () => {
  it("signs a module and tells what it is", async () => {
    const out = join(folder, "a.cqdi");
    const signed = await json<ImageSummary>(
      ...[
        "image",
        "sign",
        module,
        "-o",
        out,
        "--target",
        "scalar",
        "--version",
        "1.20.3",
        "--security-counter",
        "7",
      ],
    );
    expect(signed).toMatchObject({ version: "1.20.3", securityCounter: 7, hardwareClass: "scalar" });
    expect(signed.features).toContain("lidar");
    expect(signed.features).not.toContain("imaging");
    expect(signed.isDevelopmentKey).toBe(true);
    expect(await json("image", "info", out)).toEqual(signed);
    const text = await cqd("image", "info", out);
    expect(text.stdout).toMatch(
      /version 1\.20\.3, security counter 7[\s\S]*signed with the public development key/,
    );
    expect((await readFile(out)).length).toBe(signed.bytes);
  });

  it("writes beside a module, and into an image that it signs anew", async () => {
    expect((await cqd("image", "sign", module, "--target", "scalar")).code).toBe(0);
    const image = join(folder, "logic.cqdi");
    const before = await json<ImageSummary>("image", "info", image);
    expect((await cqd("image", "sign", image, "--version", "2.0.0")).code).toBe(0);
    const after = await json<ImageSummary>("image", "info", image);
    expect(after).toEqual({ ...before, version: "2.0.0" });
  });

  it("makes keys, and verifies with them as a board does", async () => {
    const key = join(folder, "release");
    const { keyId } = await json<{ keyId: string }>("image", "keygen", key);
    expect((await stat(`${key}.pem`)).mode & 0o077).toBe(0);
    const again = await cqd("image", "keygen", key);
    expect(again.code).toBe(3);
    expect(again.stderr).toMatch(/found a file of this name, expected none/);
    const out = join(folder, "release.cqdi");
    await cqd("image", "sign", module, "-o", out, "--target", "scalar", "--key", `${key}.pem`);
    const board = ["--target", "scalar", "--mode", "lidar"];
    const accepted = await cqd("image", "verify", out, "--key", `${key}.pub.pem`, "--locked", ...board);
    expect(accepted).toMatchObject({ code: 0, stdout: `${out}: accepted\n` });
    const refused = await json<Verdict>("image", "verify", out, ...board);
    expect(refused).toMatchObject({ isAccepted: false, refusals: [{ name: "KEY", found: `key ${keyId}` }] });
  });

  it("refuses with exit code 3 and all reasons", async () => {
    const out = join(folder, "refused.cqdi");
    await cqd("image", "sign", module, "-o", out, "--target", "scalar");
    const { code, stdout } = await cqd(
      "image",
      "verify",
      out,
      "--locked",
      "--floor",
      "1",
      "--mode",
      "imaging",
    );
    expect(code).toBe(3);
    expect(stdout.split("\n").map((line) => line.split(":")[0])).toEqual(
      expect.arrayContaining(["DEVELOPMENT_KEY", "HARDWARE", "FEATURES", "DOWNGRADE"]),
    );
  });

  it("never signs what is broken", async () => {
    const out = join(folder, "broken.cqdi");
    await cqd("image", "sign", module, "-o", out, "--target", "scalar");
    const bytes = await readFile(out);
    bytes[5000]! ^= 1;
    await writeFile(out, bytes);
    const { code, stderr } = await cqd("image", "sign", out);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /found a payload with SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64} of its manifest/,
    );
    expect(await readFile(out)).toEqual(bytes);
  });

  it.each<[string, string[], number, RegExp]>([
    ["a file that is not there", ["info", "nowhere.cqdi"], 3, /nowhere\.cqdi.*does not exist/],
    ["a module for an image", ["info", "MODULE"], 3, /MAGIC: found a file that starts with 0x6d736100/],
    ["a module for other hardware", ["sign", "SIMD", "--target", "scalar"], 3, /found 128-bit vectors/],
    ["a version of two numbers", ["sign", "MODULE", "--version", "1.2"], 2, /expected three numbers/],
    [
      "a version too large",
      ["sign", "MODULE", "--version", "1.2.65536"],
      2,
      /expected three numbers up to 65535/,
    ],
    ["a counter below zero", ["sign", "MODULE", "--security-counter", "-1"], 2, /whole number/],
    [
      "a key that is none",
      ["sign", "MODULE", "--target", "scalar", "--key", "MODULE"],
      3,
      /found no private key/,
    ],
    ["three keys", ["verify", "MODULE", "--key", "a", "--key", "b", "--key", "c"], 2, /2 at most/],
  ])("says what is wrong with %s", async (_, args, code, message) => {
    const paths = new Map([
      ["MODULE", module],
      ["SIMD", join(root, "build/readout.wasm")],
    ]);
    const result = await cqd("image", ...args.map((arg) => paths.get(arg) ?? arg));
    expect(result.stderr).toMatch(message);
    expect(result.code).toBe(code);
  });

  it("--version of the program stays", async () => {
    expect((await cqd("--version")).stdout).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe("cqd build -o FILE.cqdi", () => {
  it("of the same source makes the same bytes wherever they lie, and tells the modes as they are", async () => {
    const copy = join(folder, "brightest.ts");
    await copyFile(join(example, "firmware/index.ts"), copy);
    await copyFile(join(example, "firmware/brightest-gate.ts"), join(folder, "brightest-gate.ts"));
    const [first, second] = [join(folder, "1.cqdi"), join(folder, "2.cqdi")];
    const release = ["--version", "1.0.0", "--security-counter", "2"];
    const built = await json<{ image: ImageSummary; modes: string[] }>(
      "build",
      example,
      "-o",
      first,
      ...release,
    );
    expect(built.modes).toEqual(["lidar"]);
    expect(built.image).toMatchObject({ version: "1.0.0", securityCounter: 2 });
    expect((await cqd("build", copy, "-o", second, ...release)).code).toBe(0);
    expect(await readFile(second)).toEqual(await readFile(first));
    const names: string[][] = [];
    for (const mode of ["lidar", "imaging"]) {
      const { refusals } = await json<Verdict>("image", "verify", first, "--mode", mode);
      names.push(refusals.map(({ name }) => name));
    }
    expect(names).toEqual([[], ["FEATURES"]]);
  });

  it("--mode leaves out the other kind of sensor; the image says so", async () => {
    const out = join(folder, "imaging.cqdi");
    const entry = join(root, "firmware/index.ts");
    const built = await json<{ bytes: number; image: ImageSummary; sources: string[] }>(
      ...["build", entry, "--target", "scalar", "--mode", "imaging", "-o", out],
    );
    expect(built.sources).toEqual([]);
    expect(built.bytes).toBeLessThan(12_000);
    expect(built.image.features).toContain("imaging");
    expect(built.image.features).not.toContain("lidar");
  });

  it("release options go with an image alone", async () => {
    const { code, stderr } = await cqd("build", example, "--version", "1.0.0");
    expect(code).toBe(2);
    expect(stderr).toMatch(/found --version without an image, expected --out FILE\.cqdi/);
  });
});
