import { readFile } from "node:fs/promises";
import type { Camera } from "../../camera/camera.ts";
import { FirmwareUpdater } from "../../flash/firmware-updater.ts";
import { FlashError, type FlashErrorCode } from "../../flash/flash-error.ts";
import { readPublicKey } from "../../image/node/keys.ts";
import { imageFacts } from "../../image/node/verify-image.ts";
import { CommandError } from "../command-error.ts";
import { type DeviceOptions, withCamera } from "../device/device-options.ts";
import { EXIT_BAD_INPUT, EXIT_DEVICE, EXIT_INTERRUPTED } from "../exit-codes.ts";

export interface FlashDeviceOptions extends DeviceOptions {
  /** Files of public keys. */
  readonly key: readonly string[];
}

const EXIT_BY_CODE: Readonly<Partial<Record<FlashErrorCode, number>>> = {
  refused: EXIT_BAD_INPUT,
  interrupted: EXIT_INTERRUPTED,
};

/** Open, use the device's updater, close. @throws CommandError for what a FlashError says. */
export async function withUpdater(
  options: FlashDeviceOptions,
  use: (updater: FirmwareUpdater, camera: Camera) => Promise<void>,
): Promise<void> {
  const keys = await Promise.all(
    options.key.map(async (file) => readPublicKey(await readFile(file, "utf8"), file)),
  );
  try {
    await withCamera(options, (camera) =>
      use(new FirmwareUpdater(camera.registers, imageFacts, { keys }), camera),
    );
  } catch (error) {
    if (!(error instanceof FlashError)) throw error;
    throw new CommandError(EXIT_BY_CODE[error.code] ?? EXIT_DEVICE, error.message);
  }
}
