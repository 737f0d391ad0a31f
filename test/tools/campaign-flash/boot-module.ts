import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** build/boot.wasm, compiled. */
export function bootModule(): WebAssembly.Module {
  return new WebAssembly.Module(
    readFileSync(fileURLToPath(new URL("../../../build/boot.wasm", import.meta.url))),
  );
}
