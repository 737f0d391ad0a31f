import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Camera } from "../../../host/camera/camera.ts";
import { timeBase } from "../../../host/trace/time-base.ts";
import { estimatedBytes } from "../../../host/trace/trace-size.ts";
import { writeVcd } from "../../../host/trace/vcd-file.ts";
import { openSimTransport, type SimTransport } from "../../../host/transport/sim/sim-transport.ts";
import type { Trace } from "../../../host/transport/transport.ts";
import * as Memory from "../../../hw-profiles/interface/memory-map.ts";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import * as Reports from "../../../hw-profiles/interface/reports.ts";
import { parseVcd } from "../../support/vcd.ts";

const FRAMES = 2;
const rows = { first: 10, end: 16 };
const columns = { first: 30, end: 36 };

/** Registers in the order in which they are written. */
type Settings = Readonly<Record<string, number>>;

async function withBoard(
  settings: Settings,
  use: (transport: SimTransport, camera: Camera) => Promise<void>,
): Promise<void> {
  const scene = "uniform:photons=3e7,gradientX=1";
  const transport = await openSimTransport({ profile: "inas-imager-64x48", seed: 11, scene });
  const camera = await Camera.open(transport);
  try {
    for (const [name, value] of Object.entries(settings)) await camera.registers.write(name, value);
    await use(transport, camera);
  } finally {
    await camera.close();
  }
}

/** Latched codes of every traced pixel at the end of each of its conversions, by name. */
async function latchedCodes(trace: Trace): Promise<Map<string, number[]>> {
  const signals = trace.signals.filter(({ name }) => /^(code|row_select)_/.test(name));
  const names = signals.map(({ name }) => name);
  const present = new Map<string, number>();
  const latched = new Map<string, number[]>();
  const converted = new Set<string>();
  let now = 0;
  const record = () => {
    for (const name of names) {
      const row = /^code(_r\d+)_/.exec(name)?.[1];
      if (row === undefined || !converted.has(`row_select${row}`)) continue;
      latched.set(name, [...(latched.get(name) ?? []), present.get(name) ?? 0]);
    }
    converted.clear();
  };
  for (const { cycle, signal, value } of await trace.edges(signals)) {
    if (cycle > now) record();
    now = cycle;
    present.set(names[signal]!, value);
    if (names[signal]!.startsWith("row_select") && value === 0) converted.add(names[signal]!);
  }
  record();
  return latched;
}

const cases: readonly (readonly [string, Settings])[] = [
  ["as after power-on", {}],
  ["single", { ReadMode: Memory.READ_SINGLE }],
  ["ramp", { ReadMode: Memory.READ_RAMP, ReadCount: 4 }],
  ["global reset, cds", { SensorShutterMode: Reg.SHUTTER_GLOBAL_RESET, ReadMode: Memory.READ_CDS }],
  ["triggered", { ReadMode: Memory.READ_SINGLE, SimTriggerPeriod: 20_000_000, TriggerMode: 1 }],
];

test.each(cases)(
  "codes of the waveform are the raw samples that the camera gets: %s",
  async (_, settings) => {
    const raw = Reports.COMPONENT_IMAGING | Reports.COMPONENT_RAW;
    await withBoard({ ...settings, ComponentEnable: raw }, async (transport, camera) => {
      const codes = await latchedCodes(transport.trace({ frames: FRAMES, rows, columns }));
      const samples = new Map<string, number[]>([...codes.keys()].map((name) => [name, []]));
      for await (const { height, reads, readsDn, width } of camera.imageFrames({ count: FRAMES })) {
        for (const [name, found] of samples) {
          const [row = 0, column = 0] = [...name.matchAll(/\d+/g)].map(Number);
          for (let read = 0; read < reads; read++)
            found.push(readsDn![(read * height + row) * width + column]!);
        }
      }
      expect(codes.size).toBe(36);
      expect(codes).toEqual(samples);
    });
  },
);

test("a VCD file of an imaging sensor, parsed back, equals the edges", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cqd-imaging-trace-"));
  await withBoard({}, async (transport) => {
    const trace = transport.trace({ frames: 1, rows, columns, fromCycle: 60_000, toCycle: 140_000 });
    const options = { comments: [], onProgress: () => undefined, isCancelled: () => false };
    const path = join(folder, "a.vcd");
    const { bytes } = await writeVcd(path, trace, trace.signals, options);
    const base = timeBase(trace.clockHz, trace.phasesPerCycle);
    const expected: string[] = [];
    for (const { cycle, phase, signal, value } of await trace.edges(trace.signals)) {
      if (cycle <= trace.fromCycle) continue;
      expected.push(`${base.time(cycle, phase)} ${trace.signals[signal]!.name} ${value}`);
    }
    const { changes } = parseVcd(readFileSync(path, "utf8"));
    const start = base.time(trace.fromCycle, 0);
    const found = changes.filter(({ time }) => time > start);
    expect(found.map(({ name, time, value }) => `${time} ${name} ${value}`)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(estimatedBytes(trace.signals));
  });
  rmSync(folder, { recursive: true });
});
