import { RegisterPort } from "../camera/register-port.ts";
import type { Transport } from "../transport/transport.ts";

/**
 * Registers that shape the stream, in an order in which a freshly opened device can take any legal set of them: the
 * region shrinks before it is binned and moved.
 */
const SHAPE = [
  "Width",
  "Height",
  "BinningHorizontal",
  "BinningVertical",
  "DecimationHorizontal",
  "DecimationVertical",
  "OffsetX",
  "OffsetY",
  "SensorShutterMode",
  "ReadMode",
  "ReadCount",
] as const;

/** Settings that go on if the new shape allows them. */
const KEPT = ["AcquisitionFrameRate", "ExposureTime", "Gain", "SimLight"] as const;

export type DeviceSettings = Readonly<Record<string, number>>;

const KNOWN: ReadonlySet<string> = new Set([...SHAPE, ...KEPT]);

/** Why `settings` cannot be applied to any device, else undefined. */
export function settingsProblem(settings: DeviceSettings): string | undefined {
  const unknown = Object.keys(settings).find((name) => !KNOWN.has(name));
  return unknown === undefined ? undefined : `register "${unknown}" cannot be configured by a page`;
}

/**
 * Write settings to a device that has just been opened.
 * @throws CameraError when it refuses a shape: the text names register, value and status.
 */
export async function applySettings(transport: Transport, settings: DeviceSettings): Promise<void> {
  const registers = new RegisterPort(transport);
  for (const name of SHAPE) {
    const value = settings[name];
    if (value !== undefined && (await registers.readNumber(name)) !== value)
      await registers.write(name, value);
  }
  for (const name of KEPT) {
    const value = settings[name];
    if (value !== undefined) await registers.write(name, value).catch(() => undefined);
  }
}
