import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cqd-arrows-"));
copyFileSync(join(root, ".biome.json"), join(folder, ".biome.json"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lint a tree that holds these files alone; resolves to what Biome prints. */
function lint(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<{ failed: boolean; text: string }> {
  const place = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), `${text}\n`);
  }
  copyFileSync(join(root, ".biome.json"), join(place, ".biome.json"));
  const command = join(root, "node_modules/.bin/biome");
  return new Promise((resolve) => {
    execFile(command, ["lint", "--colors=off", "."], { cwd: place }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, text: stdout + stderr }),
    );
  });
}

const use = (specifier: string) => `import { x } from "${specifier}";\n\nexport const y = x;`;

describe("lint refuses a planted violation", () => {
  it.each([
    ["the contract uses a schema", "hw-profiles/interface/a.ts", "../schema/b.ts"],
    ["the contract uses a package", "hw-profiles/interface/a.ts", "zod"],
    ["hw-profiles uses sim", "hw-profiles/resolve/a.ts", "../../sim/light/b.ts"],
    ["hw-profiles uses host", "hw-profiles/a.ts", "../host/camera/b.ts"],
    ["hw-profiles uses firmware", "hw-profiles/load/a.ts", "../../firmware/b.ts"],
    ["firmware uses sim", "firmware/stages/a.ts", "../../sim/math/b.ts"],
    ["firmware uses host", "firmware/a.ts", "../host/packet/b.ts"],
    ["firmware uses a profile", "firmware/a.ts", "../hw-profiles/sensor-profile.ts"],
    ["sim uses firmware", "sim/board/a.ts", "../../firmware/index.ts"],
    ["sim uses host", "sim/board/a.ts", "../../host/packet/b.ts"],
    ["a kernel uses a profile", "sim/kernels/pixel/a.ts", "../../../hw-profiles/sensor-profile.ts"],
    ["the host uses firmware", "host/packet/a.ts", "../../firmware/b.ts"],
    ["a packet codec uses sim", "host/packet/a.ts", "../../sim/board/b.ts"],
    ["the camera uses sim", "host/camera/a.ts", "../../sim/board/b.ts"],
    ["another transport uses sim", "host/transport/hid/a.ts", "../../../sim/board/b.ts"],
    ["the server uses sim", "host/server/a.ts", "../../sim/board/b.ts"],
    ["the CLI uses sim", "host/cli/a.ts", "../../sim/board/b.ts"],
    ["the CLI uses a transport", "host/cli/a.ts", "../transport/sim/b.ts"],
    ["the bench uses a transport", "host/bench/run/a.ts", "../../transport/sim/b.ts"],
    ["the design tool uses a transport", "host/design/verify/a.ts", "../../transport/sim/b.ts"],
    ["an application uses a transport", "host/applications/heart-rate/a.ts", "../../transport/sim/b.ts"],
    ["an application uses sim", "host/applications/a.ts", "../../sim/emitter/b.ts"],
    ["the bench uses sim", "host/bench/a.ts", "../../sim/lab/b.ts"],
    ["the shared equations use sim", "hw-profiles/derive/a.ts", "../../sim/math/b.ts"],
    ["the viewer uses a transport", "host/viewer/view/a.ts", "../../transport/sim/b.ts"],
    ["the viewer uses Node", "host/viewer/a.ts", "node:fs"],
    ["the camera uses Node", "host/camera/a.ts", "node:events"],
    ["the checker of modules uses Node", "hw-profiles/admission/a.ts", "node:fs"],
    ["the checker of modules uses host", "hw-profiles/admission/a.ts", "../../host/image/b.ts"],
    ["the judge of images uses Node", "host/image/a.ts", "node:crypto"],
    ["the judge of images uses sim", "host/image/node/a.ts", "../../../sim/board/b.ts"],
    ["the seam uses Node", "host/transport/transport.ts", "node:stream"],
    ["the CLI uses three", "host/cli/a.ts", "three"],
    ["the host uses test code", "host/cli/a.ts", "../../test/tools/b.ts"],
  ])("%s", async (name, file, specifier) => {
    const { failed, text } = await lint(name.replaceAll(" ", "-"), { [file]: use(specifier) });
    expect(text).toContain("lint/style/noRestrictedImports");
    expect(failed).toBe(true);
  });

  it("by a type alone, by re-export and by dynamic import", async () => {
    const texts = [
      'export type { X } from "../../sim/board/b.ts";',
      'export * from "../../sim/board/b.ts";',
      'export const x = await import("../../sim/board/b.ts");',
    ];
    for (const [i, text] of texts.entries()) {
      const result = await lint(`form-${i}`, { "host/camera/a.ts": text });
      expect(result.text).toContain("lint/style/noRestrictedImports");
    }
  });

  it("an import cycle, of types too", async () => {
    const { failed, text } = await lint("cycle", {
      "sim/a.ts": 'import type { B } from "./b.ts";\n\nexport type A = B | 1;',
      "sim/b.ts": 'import type { A } from "./a.ts";\n\nexport type B = A | 2;',
    });
    expect(text).toContain("noImportCycles");
    expect(failed).toBe(true);
  });
});

it("lint accepts what the arrows allow", async () => {
  const { failed, text } = await lint("allowed", {
    "hw-profiles/interface/a.ts": use("./b.ts"),
    "hw-profiles/schema/a.ts": `${use("../interface/a.ts")}\nexport * from "zod";`,
    "hw-profiles/load/a.ts": use("node:fs"),
    "firmware/stages/a.ts": `${use("../../hw-profiles/interface/a.ts")}\nexport * from "../b.ts";`,
    "sim/kernels/pixel/a.ts": use("../b.ts"),
    "sim/board/a.ts": `${use("../../hw-profiles/sensor-profile.ts")}\nexport * from "../light/b.ts";`,
    "host/packet/a.ts": use("../../hw-profiles/interface/a.ts"),
    "host/camera/a.ts": use("../transport/transport.ts"),
    "host/transport/sim/a.ts": `${use("../../../sim/board/b.ts")}\nexport * from "node:worker_threads";`,
    "hw-profiles/admission/a.ts": use("../interface/a.ts"),
    "host/image/a.ts": use("../../hw-profiles/admission/a.ts"),
    "host/image/node/a.ts": `${use("../a.ts")}\nexport * from "node:crypto";`,
    "host/cli/a.ts": `${use("../camera/camera.ts")}\nexport * from "node:fs";`,
    "host/viewer/link/a.ts": use("../../transport/transport.ts"),
    "host/viewer/a.ts": `${use("three")}\nexport * from "../camera/camera.ts";`,
    "test/sim/a.test.ts": use("../../sim/board/b.ts"),
  });
  expect(failed, text).toBe(false);
});
