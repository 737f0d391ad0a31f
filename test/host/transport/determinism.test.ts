import { beforeAll, expect, test } from "vitest";
import * as Reg from "../../../hw-profiles/interface/registers.ts";
import { COMPONENT_LIDAR } from "../../../hw-profiles/interface/reports.ts";
import { hashOfRun, SMALL, write } from "./sim-run.ts";

const FRAMES = 3;
const moving = { ...SMALL, scene: "room" };
let reference = "";

beforeAll(async () => {
  reference = await hashOfRun(moving, FRAMES);
});

test("two runs give the same bytes", async () => {
  expect(await hashOfRun(moving, FRAMES)).toBe(reference);
});

test.each([1, 2, 5])("%s worker threads give the same bytes", async (threads) => {
  expect(await hashOfRun({ ...moving, threads }, FRAMES)).toBe(reference);
});

test("the scalar firmware gives the same bytes", async () => {
  expect(await hashOfRun({ ...moving, firmware: "scalar" }, FRAMES)).toBe(reference);
});

test("asking for the truth changes no byte", async () => {
  expect(await hashOfRun({ ...moving, truth: "electrons" }, FRAMES)).toBe(reference);
});

test("another seed gives other bytes, up to 2^64 - 1", async () => {
  const other = await hashOfRun({ ...moving, seed: 8 }, FRAMES);
  const large = await hashOfRun({ ...moving, seed: 2n ** 63n + 7n }, FRAMES);
  expect(new Set([reference, other, large]).size).toBe(3);
});

test("settings, raw samples and a probe give the same bytes for any number of threads and both firmwares", async () => {
  const prepare = async (transport: Parameters<typeof write>[0]) => {
    await write(transport, Reg.REG_COMPONENT_ENABLE, COMPONENT_LIDAR);
    await write(transport, Reg.REG_PROBE_X, 10);
    await write(transport, Reg.REG_PROBE_Y, 40);
    await write(transport, Reg.REG_PULSES_PER_GATE, 1234);
    await write(transport, Reg.REG_SIM_AMBIENT, 500_000);
    await write(transport, Reg.REG_SIM_TEMPERATURE, 60_000);
  };
  const here = await hashOfRun(moving, FRAMES, prepare);
  expect(await hashOfRun({ ...moving, threads: 2 }, FRAMES, prepare)).toBe(here);
  expect(await hashOfRun({ ...moving, firmware: "scalar" }, FRAMES, prepare)).toBe(here);
  expect(here).not.toBe(reference);
});

test("swept reset is as deterministic", async () => {
  const swept = { ...moving, profile: "inas-lidar-64x48-swept" };
  expect(await hashOfRun({ ...swept, threads: 2, firmware: "scalar" }, FRAMES)).toBe(
    await hashOfRun(swept, FRAMES),
  );
});
