import { VECTOR_TARGET } from "../../../hw-profiles/admission/target.ts";
import type { FlashSetup } from "../../../sim/board/flash/flash-unit.ts";
import type { FirmwareFile } from "../../../sim/board/microcontroller.ts";
import { DEVELOPMENT_KEY } from "../../image/image-key.ts";
import { manifestOf } from "../../image/node/image-of-module.ts";
import { developmentSigningKey, sha256 } from "../../image/node/keys.ts";
import { makeImage } from "../../image/node/sign-image.ts";
import { checkModule } from "./check-module.ts";

/** Version and security counter of what a simulated board leaves the factory with. */
const FACTORY = { version: { major: 0, minor: 1, patch: 0 }, securityCounter: 0 };

/** A development board: its flash holds the module that it runs, signed with the development key, which it accepts. */
export function developmentFlash(firmware: FirmwareFile): FlashSetup {
  return { factoryImage: () => factoryImage(firmware), keys: [{ ...DEVELOPMENT_KEY, development: true }] };
}

function factoryImage({ bytes, name }: FirmwareFile): Uint8Array {
  const { modes, reports } = checkModule(bytes, name, VECTOR_TARGET);
  const checked = {
    bytes,
    hardware: VECTOR_TARGET,
    buildSha256: sha256(bytes),
    modes,
    goldenReports: reports,
  };
  return makeImage(manifestOf(checked, FACTORY), bytes, developmentSigningKey());
}
