import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { root, runCommand } from "./run-command.ts";
import { FAILED, PASSED, type Tally } from "./tally.ts";

/** Modules of a clone's build folder with their SHA-256. */
function hashes(clone: string): string {
  const modules = readdirSync(`${clone}/build`).filter((file) => file.endsWith(".wasm"));
  const lines = modules.sort().map((file) => {
    const hash = createHash("sha256").update(readFileSync(`${clone}/build/${file}`));
    return `${hash.digest("hex")}  ${file}`;
  });
  return lines.join("\n");
}

/** Clones what is committed and builds the firmware there; undefined if that fails. */
async function buildClone(clone: string): Promise<string | undefined> {
  const cloned = await runCommand("git", ["clone", "--quiet", "--no-hardlinks", root, clone]);
  if (!cloned.ok) return undefined;
  symlinkSync(`${root}node_modules`, `${clone}/node_modules`);
  for (const script of ["build:readout", "build:boot"]) {
    const built = await runCommand("npm", ["run", "--silent", "--prefix", clone, script]);
    if (!built.ok) return undefined;
  }
  return hashes(clone);
}

/** Builds the committed firmware in two clean clones: every module must have the same SHA-256 in both. */
export async function reproducibleFirmware(): Promise<Tally> {
  const folder = mkdtempSync(`${tmpdir()}/cqd-clones-`);
  try {
    const clones = ["one", "another/of-a-longer-name"].map((name) => `${folder}/${name}`);
    const [first, second] = await Promise.all(clones.map(buildClone));
    process.stdout.write(`${first ?? "the first clone could not be built"}\n`);
    if (first !== undefined && first !== "" && first === second) return PASSED;
    process.stdout.write(
      `found other modules in the second clone, expected the same:\n${second ?? "none"}\n`,
    );
    return FAILED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
