import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EXIT_DEVICE, EXIT_FAILURE, EXIT_USAGE } from "../../../host/cli/exit-codes.ts";
import { udevRule } from "../../../host/transport/hid/udev-rule.ts";
import { cqd } from "../support/run-main.ts";

const DOCTOR = ["doctor", "--device", "sim:inas-lidar-64x48", "--seconds", "0.2"];
const RULE = `# 70-cqd-readout.rules: boards of cqd-readout. Printed by: npx cqd doctor --rule
ACTION!="remove", KERNEL=="hidraw*", SUBSYSTEM=="hidraw", ATTRS{idVendor}=="1209", ATTRS{idProduct}=="0001", MODE="0660", GROUP="plugdev", TAG+="uaccess"
ACTION!="remove", SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="1209", ATTR{idProduct}=="0001", MODE="0660", GROUP="plugdev", TAG+="uaccess"
`;

test("a healthy device", async () => {
  const { code, stdout } = await cqd(...DOCTOR);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ok {4}contract: ABI version \d+, as this program has it\n/);
  expect(stdout).toMatch(/\nnothing is wrong\n$/);
});

test("a device that is not: what to do, and the exit code", async () => {
  const { code, stdout } = await cqd(...DOCTOR, "--faults", "corrupt@20");
  expect(code).toBe(EXIT_FAILURE);
  expect(stdout).toMatch(/\nFAIL {2}loss: .* corrupted.*\n {6}try another cable and port/);
  expect(stdout).toMatch(/\n1 of 6 findings must be mended\n$/);
});

test("as JSON", async () => {
  const { stdout } = await cqd(...DOCTOR, "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    healthy: true,
    findings: [{ check: "contract", level: "ok" }, {}, {}, {}, {}, {}],
  });
});

test("--rule prints the rule, or writes it", async () => {
  expect((await cqd("doctor", "--rule")).stdout).toBe(RULE);
  expect(udevRule()).toBe(RULE);
  const folder = await mkdtemp(join(tmpdir(), "cqd-rule-"));
  const path = join(folder, "70-cqd-readout.rules");
  expect(await cqd("doctor", "--rule", path)).toMatchObject({ code: 0, stdout: "" });
  expect(await readFile(path, "utf8")).toBe(RULE);
  await rm(folder, { recursive: true });
});

test("the manual shows the rule that is printed", async () => {
  const manual = await readFile(new URL("../../../docs/usb.md", import.meta.url), "utf8");
  expect(manual).toContain(RULE);
});

test("attach and detach say what is wrong with their words, and what is missing", async () => {
  const address = await cqd("attach", "127.0.0.1:x", "--list");
  expect(address).toMatchObject({
    code: EXIT_USAGE,
    stderr: expect.stringContaining("such as 127.0.0.1:3240"),
  });
  const nobody = await cqd("attach", "127.0.0.1:1", "--list");
  expect(nobody).toMatchObject({ code: EXIT_DEVICE, stderr: expect.stringContaining("ECONNREFUSED") });
  const detach = await cqd("detach", "x");
  expect(detach.code).toBe(EXIT_USAGE);
});
