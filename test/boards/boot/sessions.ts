import { RESET_POWER } from "../../../hw-profiles/interface/flash.ts";
import type { Outcome } from "../../../sim/flash/torn.ts";
import { Random } from "../../firmware/support/random.ts";
import { type NamedGeometry, REFUSED_GEOMETRIES } from "../../tools/campaign-flash/geometries.ts";
import { cutEverywhere } from "./cuts.ts";
import { Recorder } from "./recorder.ts";
import { Script } from "./script.ts";
import { Walk } from "./walk.ts";

const SEED = 40;

export interface Sessions {
  readonly script: Script;
  /** Calls of the boot loader by name and code, as "boot 1" or "install_write cut". */
  readonly codes: ReadonlyMap<string, number>;
  /** How flash operations ended, other than well. */
  readonly outcomes: ReadonlySet<Outcome>;
}

/** Calls that a pattern names. */
export function countCalls({ codes }: Sessions, pattern: RegExp): number {
  return [...codes].reduce((sum, [name, count]) => sum + (pattern.test(name) ? count : 0), 0);
}

/**
 * Records random sessions of power with V8. The flash's contents are compared after each life, byte for byte after the last
 * on each flash; the boot loader's memory after every call. In the end the stack that all of it took is measured.
 * @param lives of a board on each flash, of `sessions` sessions each
 */
export function recordSessions(
  module: WebAssembly.Module,
  flashes: readonly NamedGeometry[],
  lives: number,
  sessions: number,
): Sessions {
  const recording = newRecording();
  flashes.forEach((named, index) => {
    const recorder = recording.on(module, named);
    const walk = new Walk(recorder, named, new Random(SEED + index));
    for (let life = 1; life <= lives; life++) {
      walk.life(sessions);
      recorder.compareCells(life === lives);
    }
    recorder.compareMemory();
  });
  recording.script.add("stack");
  recording.script.expect("stack", new Uint8Array(0), 1);
  return recording;
}

/** Records updates with each of their flash operations ended in each way. */
export function recordEveryCut(module: WebAssembly.Module, named: NamedGeometry): Sessions {
  const recording = newRecording();
  cutEverywhere(recording.on(module, named), named);
  return recording;
}

/** Records how flashes are refused that the boot loader cannot keep safe. */
export function recordRefusals(module: WebAssembly.Module): Sessions {
  const recording = newRecording();
  for (const { name, geometry } of REFUSED_GEOMETRIES) {
    const recorder = recording.on(module, { name, geometry });
    recorder.boot(RESET_POWER);
    recorder.call("erase", [0]);
    recorder.compareCells(true);
    recorder.compareMemory();
  }
  return recording;
}

interface Recording extends Sessions {
  on(module: WebAssembly.Module, flash: Pick<NamedGeometry, "name" | "geometry">): Recorder;
}

function newRecording(): Recording {
  const script = new Script();
  const codes = new Map<string, number>();
  const outcomes = new Set<Outcome>();
  Recorder.addKeys(script);
  return {
    script,
    codes,
    outcomes,
    on: (module, { name, geometry }) => new Recorder(module, name, geometry, { script, codes, outcomes }),
  };
}
