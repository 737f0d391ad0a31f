import { CameraError } from "../camera/camera-error.ts";
import { RegisterPort } from "../camera/register-port.ts";
import type { Transport } from "../transport/transport.ts";

/** Registers that shape the stream: the region shrinks before it is binned and moved. */
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

type Shape = readonly (readonly [name: string, value: number])[];

/**
 * Write settings to a device that acquires nothing. Refused, its shape is as it was before.
 * @throws CameraError when it refuses a shape: the text names register, value and status.
 */
export async function applySettings(transport: Transport, settings: DeviceSettings): Promise<void> {
  const registers = new RegisterPort(transport);
  const before: [string, number][] = [];
  for (const name of SHAPE) {
    if (settings[name] !== undefined) before.push([name, await registers.readNumber(name)]);
  }
  try {
    await writeShape(
      registers,
      before.map(([name]) => [name, settings[name] ?? 0]),
    );
  } catch (error) {
    await writeShape(registers, before).catch(() => undefined);
    throw error;
  }
  for (const name of KEPT) {
    const value = settings[name];
    if (value !== undefined) await registers.write(name, value).catch(() => undefined);
  }
}

/** A region that grows at one end and moves at the other is refused in one order and taken in another: by rounds. */
async function writeShape(registers: RegisterPort, shape: Shape): Promise<void> {
  for (let left = shape; left.length > 0; ) {
    const refused: [string, number][] = [];
    let reason: CameraError | undefined;
    for (const [name, value] of left) {
      try {
        // What stands already is written, too: a device that comes back from power-off is told what was written.
        await registers.write(name, value);
      } catch (error) {
        if (!(error instanceof CameraError && error.code === "status")) throw error;
        if ((await registers.readNumber(name)) === value) continue;
        reason ??= error;
        refused.push([name, value]);
      }
    }
    if (reason !== undefined && refused.length === left.length) throw reason;
    left = refused;
  }
}
