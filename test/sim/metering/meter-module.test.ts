import { expect, it } from "vitest";
import { FirmwareHost } from "../../../sim/board/firmware-host.ts";
import { runGolden } from "../../../sim/board/golden-run.ts";
import { FUEL_EXPORT, meterModule } from "../../../sim/metering/meter-module.ts";
import { readArtefact } from "../../../sim/pool/artefacts.ts";

/** (func (export "spin") (param i32) (result i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 0)) */
const SPIN = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f],
  ...[3, 2, 1, 0],
  ...[7, 8, 1, 4, 0x73, 0x70, 0x69, 0x6e, 0, 0],
  ...[10, 18, 1, 16, 0, 0x03, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b, 0x20, 0, 0x0b],
);

function open(bytes: Uint8Array<ArrayBuffer>) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return {
    spin: exports["spin"] as (turns: number) => number,
    fuel: exports[FUEL_EXPORT] as { value: number },
  };
}

it("every turn of a loop and every call takes fuel; without fuel the module traps", () => {
  const { fuel, spin } = open(meterModule(SPIN));
  fuel.value = 11;
  expect(spin(10)).toBe(0);
  expect(fuel.value).toBe(0);
  fuel.value = 10;
  expect(() => spin(10)).toThrow(WebAssembly.RuntimeError);
  expect(fuel.value).toBe(0);
  fuel.value = 1_000_000;
  expect(() => spin(0)).toThrow(WebAssembly.RuntimeError);
});

it.each(["readout.wasm", "readout-scalar.wasm"])("%s with fuel makes the same reports", (name) => {
  const bytes = readArtefact(name);
  const plain = runGolden(bytes, name);
  const metered = runGolden(bytes, name, { fuel: 10_000_000 });
  expect(Buffer.compare(metered.reports, plain.reports)).toBe(0);
  expect(() => runGolden(bytes, name, { fuel: 100 })).toThrow(/fuel/);
});

it("a host without fuel says so, and takes a fresh instance", () => {
  const host = new FirmwareHost(readArtefact("readout.wasm"), "readout.wasm", { fuel: 1 });
  expect(host.configure(new Uint8Array(0))).not.toBe(0);
  expect(host.isExhausted).toBe(true);
});
