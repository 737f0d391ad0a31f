import { MAX_GATES } from "../../hw-profiles/interface/abi.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import type { GateSchedule } from "./plan-gates.ts";

const PS_PER_NS = 1000;

/** Gates as they were written, and the first frame that has them. */
export interface WrittenGates {
  /** On the phases that the device can make. */
  readonly schedule: GateSchedule;
  readonly firstFrame: number;
}

/**
 * Write delays, width and pulses so that they take effect together with one frame.
 * @throws CameraError when the device refuses them; then it keeps what it had.
 */
export async function writeGates(
  registers: RegisterPort,
  { delaysNs, pulsesPerGate, widthNs }: GateSchedule & { readonly pulsesPerGate: number },
): Promise<WrittenGates> {
  const planes = delaysNs.length;
  const picoseconds = (timesNs: readonly number[]) =>
    Array.from({ length: MAX_GATES }, (_, k) => Math.round((timesNs[k] ?? 0) * PS_PER_NS));
  await registers.write("SettingsHold", 1);
  try {
    await registers.write("GateWidth", picoseconds(delaysNs.map(() => widthNs)));
    await registers.write("GateDelay", picoseconds(delaysNs));
    await registers.write("PulsesPerGate", pulsesPerGate);
  } finally {
    await registers.write("SettingsHold", 0);
  }
  const firstFrame = await registers.readNumber("SettingsFrame");
  const realisedNs = await read(registers, "GateDelay");
  const [realisedWidthNs = widthNs] = await read(registers, "GateWidth");
  return { schedule: { delaysNs: realisedNs.slice(0, planes), widthNs: realisedWidthNs }, firstFrame };
}

async function read(registers: RegisterPort, name: string): Promise<number[]> {
  const value = await registers.read(name);
  return typeof value === "object" ? value.map((ps) => ps / PS_PER_NS) : [];
}
