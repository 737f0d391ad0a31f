import { expect, it } from "vitest";
import type { Finding } from "../../../host/doctor/finding.ts";
import { type DoctorOptions, runDoctor } from "../../../host/doctor/run-doctor.ts";
import { fakeMachine } from "./fake-machine.ts";

const DEVICE = "sim:inas-lidar-64x48";
const open = { simulation: { scene: "wall:range=3", raysPerSide: 2, threads: 0 } } as const;

async function look(options: DoctorOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of runDoctor({ seconds: 0.2, ...options })) findings.push(finding);
  return findings;
}

it("a simulated device: contract, firmware, registers, stream", async () => {
  const findings = await look({ device: DEVICE, open });
  expect(findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
    "contract ok",
    "firmware ok",
    "round trip ok",
    "registers ok",
    "stream ok",
    "loss ok",
  ]);
  expect(findings[4]?.found).toMatch(/^\d+ frames, \d+ reports, \d+ a second, in \d\.\d s$/);
});

it("a link that loses or damages reports", async () => {
  const lossy = await look({ device: DEVICE, open: { ...open, faults: "drop@20" } });
  expect(lossy.at(-1)).toMatchObject({
    check: "loss",
    level: "warn",
    found: expect.stringMatching(/^1 reports lost/),
  });
  const noisy = await look({ device: DEVICE, open: { ...open, faults: "corrupt@20" } });
  expect(noisy.at(-1)).toMatchObject({
    check: "loss",
    level: "fail",
    found: expect.stringContaining("1 corrupted"),
  });
});

it("a link that breaks: the error, with what to do", async () => {
  const findings = await look({ device: DEVICE, open: { ...open, faults: "unplug@20" } });
  expect(findings.at(-1)).toMatchObject({
    check: "stream",
    level: "fail",
    found: expect.stringContaining("was unplugged"),
  });
  const early = await look({ device: DEVICE, open: { ...open, faults: "get.unplug@9" } });
  expect(early.at(-1)).toMatchObject({ check: "registers", level: "fail" });
});

it("a device that never sends a frame", async () => {
  const findings = await look({
    device: DEVICE,
    seconds: 0.1,
    open: { ...open, faults: "stall@0" },
    patienceMs: 200,
  });
  expect(findings.at(-1)).toMatchObject({ check: "stream", level: "fail", found: "no frame within 0.1 s" });
});

it("no board at all", async () => {
  const findings = await look({ machine: fakeMachine({}) });
  expect(findings.at(-1)).toMatchObject({ check: "udev rule", level: "warn" });
  expect(findings.filter(({ level }) => level === "fail").map(({ check }) => check)).toEqual(["boards"]);
});

it("a board that is not there: the machine is looked at, then the others are named", async () => {
  const findings = await look({ device: "hid:NONE-SUCH", machine: fakeMachine({}) });
  expect(findings[0]?.check).toBe("node-hid");
  expect(findings.at(-1)).toMatchObject({
    check: "open",
    level: "fail",
    found: expect.stringMatching(/^hid:NONE-SUCH: found .* among the boards, expected the board plugged in$/),
    next: "plug it in, and look with `cqd list`",
  });
});
