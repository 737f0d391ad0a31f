import { hardwareTarget, VECTOR_TARGET } from "../../hw-profiles/admission/target.ts";
import {
  FEATURE_MODES,
  REFUSED_FUEL,
  REFUSED_GOLDEN,
  REFUSED_MODULE,
  REFUSED_TRAP,
} from "../../hw-profiles/interface/image.ts";
import { featuresText } from "../image/code-text.ts";
import { hexText, type Manifest, sameBytes } from "../image/manifest.ts";
import { sha256 } from "../image/node/keys.ts";
import { type Refusal, refusal } from "../image/refusal.ts";
import { checkModule, FirmwareError, GoldenFailure } from "../transport/sim/check-module.ts";

const BY_KIND = { trap: REFUSED_TRAP, fuel: REFUSED_FUEL, status: REFUSED_GOLDEN } as const;

/**
 * Run a module on the golden input as a board does on trial.
 * @param module one that judgeImage() has nothing against.
 * @returns what stands against it.
 */
export function checkGolden(module: Uint8Array<ArrayBuffer>, manifest: Manifest): readonly Refusal[] {
  try {
    return compareGolden(module, manifest);
  } catch (error) {
    if (!(error instanceof FirmwareError)) throw error;
    const code = error instanceof GoldenFailure ? BY_KIND[error.kind] : REFUSED_MODULE;
    return [refusal(code, error.found, error.expected)];
  }
}

function compareGolden(module: Uint8Array<ArrayBuffer>, manifest: Manifest): readonly Refusal[] {
  const target = hardwareTarget(manifest.hardwareClass) ?? VECTOR_TARGET;
  const { modes, reports } = checkModule(module, "of the image", target);
  const said = manifest.features & FEATURE_MODES;
  if (said !== modes) {
    const found = `a header with modes ${featuresText(said)}`;
    return [refusal(REFUSED_MODULE, found, `${featuresText(modes)}, as the module does`)];
  }
  const digest = sha256(reports);
  if (sameBytes(digest, manifest.goldenSha256)) return [];
  const expected = `${hexText(manifest.goldenSha256)} of the manifest`;
  return [refusal(REFUSED_GOLDEN, `reports with SHA-256 ${hexText(digest)}`, expected)];
}
