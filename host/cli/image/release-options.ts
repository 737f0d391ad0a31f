import { type Command, InvalidArgumentError, Option } from "commander";
import type { ImageVersion } from "../../image/manifest.ts";
import { wholeNumber } from "../parse-value.ts";

const VERSION_PART_MAX = 0xffff;
const COUNTER_MAX = 0xffffffff;

/** Options of everything that makes a signed image. */
export interface ReleaseOptions {
  readonly version?: ImageVersion;
  readonly securityCounter?: number;
  /** PEM file of a private key; the development key otherwise. */
  readonly key?: string;
}

export function releaseOptions(command: Command): Command {
  return command
    .addOption(new Option("--version <x.y.z>", "of the image, for people").argParser(imageVersion))
    .addOption(
      new Option(
        "--security-counter <n>",
        "boards refuse images below the highest that they have confirmed",
      ).argParser(wholeNumber(0, COUNTER_MAX)),
    )
    .option("--key <file>", "private key (PEM) to sign with (default: the public development key)");
}

function imageVersion(text: string): ImageVersion {
  const [, ...digits] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
  const [major = -1, minor = -1, patch = -1] = digits.map(Number);
  if ([major, minor, patch].every((part) => part >= 0 && part <= VERSION_PART_MAX))
    return { major, minor, patch };
  throw new InvalidArgumentError(
    `found "${text}", expected three numbers up to ${VERSION_PART_MAX} such as 1.2.3`,
  );
}
