import { readFile } from "node:fs/promises";
import { ABI_VERSION } from "../../../hw-profiles/interface/abi.ts";
import { FEATURE_IMAGING, FEATURE_LIDAR, FEATURE_MODES } from "../../../hw-profiles/interface/image.ts";
import { type BoardPolicy, DEVELOPMENT_BOARD } from "../../image/board-policy.ts";
import { decodeManifest } from "../../image/decode-manifest.ts";
import { ImageError } from "../../image/image-error.ts";
import { payloadOf } from "../../image/manifest.ts";
import { verifyImage } from "../../image/node/verify-image.ts";
import { type Refusal, refusalText } from "../../image/refusal.ts";
import { checkGolden } from "../../logic/check-golden.ts";
import { hardwareOf, type LogicMode, type LogicTarget } from "../../logic/logic-options.ts";
import { type ImageSummary, summarise } from "./image-summary.ts";
import { boardKeysOf } from "./key-files.ts";

/** The board that an image is judged for. */
export interface VerifyOptions {
  readonly key: readonly string[];
  readonly locked?: true;
  readonly target: LogicTarget;
  readonly mode: LogicMode;
  readonly floor: number;
  readonly slotBytes?: number;
  readonly json?: true;
}

/** What `cqd image verify --json` prints. */
export interface Verdict {
  readonly file: string;
  readonly isAccepted: boolean;
  readonly refusals: readonly Refusal[];
}

const MODES: Readonly<Record<LogicMode, number>> = {
  both: FEATURE_MODES,
  lidar: FEATURE_LIDAR,
  imaging: FEATURE_IMAGING,
};

/** Read an image and say what its manifest says. @throws ImageError when its form is wrong. */
export async function imageInfo(file: string): Promise<ImageSummary> {
  const image = await readFile(file);
  const { manifest, refusal } = decodeManifest(image);
  if (refusal !== undefined) throw new ImageError(`${file}: ${refusalText(refusal)}`);
  return summarise(file, image, manifest);
}

/** Judge an image as a board does, and run it on the golden input if nothing stands against it. @throws ImageError. */
export async function verifyFile(file: string, options: VerifyOptions): Promise<Verdict> {
  const image = await readFile(file);
  const policy = await policyOf(options);
  const refusals = verifyImage(image, policy);
  const verdict = refusals.length > 0 ? refusals : goldenRefusals(image);
  return { file, isAccepted: verdict.length === 0, refusals: verdict };
}

function goldenRefusals(image: Uint8Array): readonly Refusal[] {
  const { manifest, refusal } = decodeManifest(image);
  return manifest === undefined ? [refusal] : checkGolden(new Uint8Array(payloadOf(image)), manifest);
}

async function policyOf(options: VerifyOptions): Promise<BoardPolicy> {
  const hardware = hardwareOf(options.target);
  return {
    keys: await boardKeysOf(options.key),
    isLocked: options.locked === true,
    hardwareClass: hardware.hardwareClass,
    features: hardware.features | MODES[options.mode],
    abiVersion: ABI_VERSION,
    memoryPages: hardware.pages,
    slotBytes: options.slotBytes ?? DEVELOPMENT_BOARD.slotBytes,
    securityFloor: options.floor,
  };
}
