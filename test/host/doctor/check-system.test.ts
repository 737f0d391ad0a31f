import { describe, expect, it } from "vitest";
import { checkSystem } from "../../../host/doctor/check-system.ts";
import type { Finding } from "../../../host/doctor/finding.ts";
import { checkSpeed } from "../../../host/doctor/usb-speed.ts";
import { udevRule } from "../../../host/transport/hid/udev-rule.ts";
import { VHCI_FOLDER } from "../../../host/usbip/vhci.ts";
import { boardEntry } from "../transport/hid/fake-hid.ts";
import { type FakeMachine, fakeMachine, KERNEL } from "./fake-machine.ts";

const NODE = "/dev/hidraw-A";
const RULE = "/etc/udev/rules.d/70-cqd-readout.rules";
const BOARD = { boards: [boardEntry("A")] };
const INSTALL =
  "npx cqd doctor --rule | sudo tee /etc/udev/rules.d/70-cqd-readout.rules && sudo udevadm control --reload";

async function look(machine: FakeMachine, usbip = false): Promise<Record<string, Finding>> {
  const { findings } = await checkSystem(fakeMachine(machine), usbip);
  return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
}

describe("checks of a machine", () => {
  it("all is well", async () => {
    const files = { ...KERNEL, [NODE]: "", [RULE]: udevRule() };
    const { boards, findings } = await checkSystem(fakeMachine({ ...BOARD, files, open: [NODE] }), false);
    expect(findings.map(({ check, level }) => `${check} ${level}`)).toEqual([
      "node-hid ok",
      "hidraw ok",
      "usbhid ok",
      "boards ok",
      `${NODE} ok`,
      "udev rule ok",
    ]);
    expect(boards).toMatchObject([{ serialNumber: "A", path: NODE }]);
  });

  it("node-hid does not load: nothing else can be looked at", async () => {
    const machine = { ...fakeMachine(BOARD), loadHid: () => Promise.reject(new Error("wrong ELF class")) };
    const { boards, findings } = await checkSystem(machine, true);
    expect(findings).toMatchObject([
      { check: "node-hid", level: "fail", found: expect.stringContaining("wrong ELF class") },
    ]);
    expect(boards).toEqual([]);
  });

  it("no driver, no hidraw, no board, no virtual host controller", async () => {
    const found = await look({ files: {} }, true);
    expect(found["hidraw"]).toMatchObject({ level: "fail" });
    expect(found["usbhid"]).toMatchObject({ level: "fail", next: "load it: sudo modprobe usbhid" });
    expect(found["boards"]).toMatchObject({
      level: "fail",
      next: expect.stringContaining("cqd serve usbip"),
    });
    expect(found["vhci-hcd"]).toMatchObject({
      level: "fail",
      next: "load the module: sudo modprobe vhci-hcd",
    });
    expect((await look({ files: { ...KERNEL, [VHCI_FOLDER]: "" } }, true))["vhci-hcd"]).toMatchObject({
      level: "ok",
    });
    expect(await look({}, false)).not.toHaveProperty("vhci-hcd");
  });

  it("a node that is not the user's, and no rule: how to install it", async () => {
    const found = await look({ ...BOARD, files: { ...KERNEL, [NODE]: "" } });
    expect(found[NODE]).toMatchObject({ level: "fail", next: expect.stringContaining(INSTALL) });
    expect(found["udev rule"]).toMatchObject({ level: "fail", next: expect.stringContaining(INSTALL) });
  });

  it("a board without a node", async () => {
    expect((await look(BOARD))[NODE]).toMatchObject({
      level: "fail",
      found: expect.stringContaining("has no node"),
    });
  });

  it("no rule, and the node is the user's all the same: a warning", async () => {
    expect((await look({ ...BOARD, open: [NODE] }))["udev rule"]).toMatchObject({ level: "warn" });
  });

  it("a rule of another version, and one that has not worked yet", async () => {
    const old = { ...KERNEL, [NODE]: "", [RULE]: `${udevRule()}# changed\n` };
    expect((await look({ ...BOARD, files: old, open: [NODE] }))["udev rule"]).toMatchObject({
      level: "warn",
      found: `${RULE} is another version than this program's`,
    });
    const fresh = { ...KERNEL, [NODE]: "", [RULE]: udevRule() };
    expect((await look({ ...BOARD, files: fresh }))["udev rule"]).toMatchObject({
      level: "warn",
      next: expect.stringContaining("plug the board in anew"),
    });
  });

  it("two boards of one serial number", async () => {
    const boards = [boardEntry("A"), boardEntry("A", { path: "/dev/hidraw9" })];
    expect((await look({ boards }))["boards"]).toMatchObject({
      level: "warn",
      found: "several have the serial number A",
    });
  });

  it("elsewhere than on Linux, only what there is", async () => {
    expect(Object.keys(await look({ ...BOARD, platform: "darwin" }))).toEqual(["node-hid", "boards"]);
  });
});

it("the speed of the bus that a node hangs on", async () => {
  const device = "/sys/devices/pci/usb1/1-4";
  const links = { "/sys/class/hidraw/hidraw3/device": `${device}/1-4:1.0/0003:1209:0001.0007` };
  const at = (mbitPerS: string) =>
    checkSpeed(fakeMachine({ links, files: { [`${device}/speed`]: `${mbitPerS}\n` } }), "/dev/hidraw3");
  expect(await at("480")).toMatchObject({ level: "ok", found: "480 Mbit/s" });
  expect(await at("12")).toMatchObject({ level: "warn", found: "12 Mbit/s: 64 kB/s of data at most" });
  expect(await checkSpeed(fakeMachine({}), "/dev/hidraw3")).toMatchObject({ level: "warn" });
});
