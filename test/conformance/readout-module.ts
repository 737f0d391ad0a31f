import { readFileSync } from "node:fs";

/** The builds of the readout logic that must behave alike. */
export const READOUT_MODULES = ["readout.wasm", "readout-scalar.wasm"] as const;

export type ReadoutModule = (typeof READOUT_MODULES)[number];

/** Bytes of a built module. */
export function readModule(name: ReadoutModule): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../../build/${name}`, import.meta.url)));
}
