import { CameraError } from "../camera/camera-error.ts";
import { RegisterPort } from "../camera/register-port.ts";
import type { Transport } from "../transport/transport.ts";

/** Registers that shape the stream, in their order: a device whose binning or decimation is written takes its whole region. */
const SHAPE = [
  "BinningHorizontal",
  "BinningVertical",
  "DecimationHorizontal",
  "DecimationVertical",
  "Width",
  "Height",
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

/** What one register allows may hang on another that is written after it: all of it again, while that helps. */
async function writeShape(registers: RegisterPort, shape: Shape): Promise<void> {
  let refused = await writeOnce(registers, shape);
  while (refused.length > 0) {
    const before = refused;
    refused = await writeOnce(registers, shape);
    if (refused.length >= before.length) throw refused[0];
  }
}

/** @returns what the device answered where it refused. What stands already is written, too, for the case of a power-off. */
async function writeOnce(registers: RegisterPort, shape: Shape): Promise<CameraError[]> {
  const refused: CameraError[] = [];
  for (const [name, value] of shape) {
    try {
      await registers.write(name, value);
    } catch (error) {
      if (!(error instanceof CameraError && error.code === "status")) throw error;
      if ((await registers.readNumber(name)) !== value) refused.push(error);
    }
  }
  return refused;
}
