import { type HidDeviceEntry, listHidDevices } from "../transport/hid/open-hid.ts";
import { RULE_COMMANDS, RULE_FILE, RULE_FOLDER, udevRule } from "../transport/hid/udev-rule.ts";
import { VHCI_FOLDER } from "../usbip/vhci.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";
import type { Machine } from "./machine.ts";

/** Where udev looks for rules, the strongest first. */
const RULE_FOLDERS = [
  RULE_FOLDER,
  "/run/udev/rules.d",
  "/usr/lib/udev/rules.d",
  "/lib/udev/rules.d",
] as const;
const INSTALL_RULE = `install it: ${RULE_COMMANDS.join(" && ")}; then plug the board in anew`;

export interface SystemFindings {
  readonly findings: readonly Finding[];
  readonly boards: readonly HidDeviceEntry[];
}

/** What boards on USB need of a machine. @param usbip whether boards shall be attached over the network. */
export async function checkSystem(machine: Machine, usbip: boolean): Promise<SystemFindings> {
  const hid = await machine.loadHid().catch((error: unknown) => String(error));
  if (typeof hid === "string") {
    const next = "run `npm ci` on this machine: node-hid's native part belongs to system and processor";
    return { findings: [fail("node-hid", `it does not load: ${hid}`, next)], boards: [] };
  }
  const isLinux = machine.platform === "linux";
  const backend = isLinux ? "hidraw" : `the system's (${machine.platform})`;
  const boards = await listHidDevices(hid);
  const findings = [
    ok("node-hid", `hidapi ${hid.getHidapiVersion()}, backend ${backend}`),
    ...(isLinux ? await checkKernel(machine, usbip) : []),
    ...checkBoards(boards),
    ...(isLinux ? await checkAccess(machine, boards) : []),
  ];
  return { findings, boards };
}

async function checkKernel(machine: Machine, usbip: boolean): Promise<Finding[]> {
  const has = async (path: string) => (await machine.resolve(path)) !== undefined;
  const findings = [
    (await has("/sys/class/hidraw"))
      ? ok("hidraw", "the kernel offers HID devices to programs")
      : fail(
          "hidraw",
          "the kernel has no /sys/class/hidraw",
          "use a kernel with CONFIG_HIDRAW (distributions have it)",
        ),
    (await has("/sys/module/usbhid"))
      ? ok("usbhid", "the kernel's driver is loaded")
      : fail("usbhid", "the kernel's driver of USB HID is not loaded", "load it: sudo modprobe usbhid"),
  ];
  if (!usbip) return findings;
  const vhci = (await has(VHCI_FOLDER))
    ? ok("vhci-hcd", "boards can be attached over the network")
    : fail("vhci-hcd", `found no ${VHCI_FOLDER}`, "load the module: sudo modprobe vhci-hcd");
  return [...findings, vhci];
}

function checkBoards(boards: readonly HidDeviceEntry[]): Finding[] {
  if (boards.length === 0) {
    const next =
      "plug one in, or attach a simulated one: cqd serve usbip, then sudo npx cqd attach 127.0.0.1";
    return [fail("boards", "none, by usage page", next)];
  }
  const names = boards.map(({ path, product, serialNumber }) => `hid:${serialNumber} (${product}, ${path})`);
  const serials = boards.map(({ serialNumber }) => serialNumber);
  const twice = [...new Set(serials.filter((serial, i) => serials.indexOf(serial) < i))];
  const same = twice.map((serial) =>
    warn("boards", `several have the serial number ${serial}`, "the first one is opened: unplug the others"),
  );
  return [ok("boards", names.join("; ")), ...same];
}

/** Nodes that this user may not open need the rule; without such nodes it is good to have. */
async function checkAccess(machine: Machine, boards: readonly HidDeviceEntry[]): Promise<Finding[]> {
  const nodes: Finding[] = [];
  for (const { path } of boards) {
    if (await machine.isOpen(path)) nodes.push(ok(path, "this user may read and write it"));
    else if ((await machine.resolve(path)) === undefined)
      nodes.push(
        fail(
          path,
          "the system knows the board and has no node for it",
          "start udev, or pass the node into the container",
        ),
      );
    else nodes.push(fail(path, "this user may not read and write it", INSTALL_RULE));
  }
  return [
    ...nodes,
    await checkRule(
      machine,
      nodes.some(({ level }) => level === "fail"),
    ),
  ];
}

async function checkRule(machine: Machine, isNeeded: boolean): Promise<Finding> {
  for (const folder of RULE_FOLDERS) {
    const path = `${folder}/${RULE_FILE}`;
    const text = await machine.readText(path);
    if (text === undefined) continue;
    if (text !== udevRule())
      return warn("udev rule", `${path} is another version than this program's`, INSTALL_RULE);
    if (!isNeeded) return ok("udev rule", path);
    const next =
      "plug the board in anew; where nobody sits at the machine: sudo usermod -aG plugdev $USER, log in anew";
    return warn("udev rule", `${path} is installed and does not work yet`, next);
  }
  return (isNeeded ? fail : warn)("udev rule", `${RULE_FILE} is not installed`, INSTALL_RULE);
}
