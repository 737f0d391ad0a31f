// Boot loaders with a planted bug: compiled from the sources with one piece replaced.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PlantedBug } from "./planted-bug.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const FOLDER = "firmware/boot/";
const CONTRACT = "hw-profiles/interface/";
const CACHE = `${root}test-output/planted/`;

/** As the target "boot" of asconfig.json, but optimised less: it need not be small. */
const OPTIONS = [
  "--runtime=stub",
  "--use=abort=",
  "--noAssert",
  "--optimizeLevel=1",
  "--memoryBase=8192",
  "--initialMemory=1",
  "--maximumMemory=1",
  "--disable=simd",
  "--disableWarning",
];

function readSources(): ReadonlyMap<string, string> {
  const own = readdirSync(`${root}${FOLDER}`).map((name) => `${FOLDER}${name}`);
  const contract = ["flash.ts", "image.ts"].map((name) => `${CONTRACT}${name}`);
  return new Map([...own, ...contract].map((path) => [path, readFileSync(`${root}${path}`, "utf8")]));
}

/** @throws Error when the piece does not occur exactly once. */
function plant(sources: ReadonlyMap<string, string>, bug: PlantedBug): ReadonlyMap<string, string> {
  const path = `${FOLDER}${bug.file}`;
  const source = sources.get(path) ?? "";
  const pieces = source.split(bug.find);
  if (pieces.length !== 2)
    throw new Error(
      `planted bug ${bug.id}: found its piece ${pieces.length - 1} times in ${path}, expected once: correct planted-bugs.ts`,
    );
  return new Map([...sources, [path, pieces.join(bug.replace)]]);
}

async function compile(sources: ReadonlyMap<string, string>, name: string): Promise<Uint8Array> {
  const asc = await import("assemblyscript/asc");
  let output: Uint8Array | undefined;
  const { error, stderr } = await asc.main([`${FOLDER}index.ts`, "--outFile=out.wasm", ...OPTIONS], {
    readFile: (path: string) => sources.get(path) ?? null,
    writeFile: (_path: string, content: string | Uint8Array) => {
      output = content as Uint8Array;
    },
    listFiles: () => [],
  });
  if (error !== null || output === undefined)
    throw new Error(`planted bug ${name} does not compile: ${stderr.toString()}`);
  return output;
}

/** The boot loader with a bug. Kept in test-output, as long as the sources stay the same. */
export async function plantedBytes(bug: PlantedBug): Promise<Uint8Array<ArrayBuffer>> {
  const sources = plant(readSources(), bug);
  const key = createHash("sha256")
    .update(JSON.stringify([...sources, OPTIONS]))
    .digest("hex")
    .slice(0, 24);
  const file = `${CACHE}${bug.id}-${key}.wasm`;
  if (!existsSync(file)) {
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(file, await compile(sources, bug.id));
  }
  return new Uint8Array(readFileSync(file));
}

/** The same, compiled. */
export async function plantedModule(bug: PlantedBug): Promise<WebAssembly.Module> {
  return new WebAssembly.Module(await plantedBytes(bug));
}
