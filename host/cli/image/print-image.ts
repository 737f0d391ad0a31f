import { refusalText } from "../../image/refusal.ts";
import { dim, printLine } from "../text/terminal.ts";
import type { ImageSummary } from "./image-summary.ts";
import type { KeySummary } from "./keygen-run.ts";
import type { Verdict } from "./verify-run.ts";

export function printImage(image: ImageSummary): void {
  printLine(
    `${image.file}: version ${image.version}, security counter ${image.securityCounter}, ${image.bytes} bytes`,
  );
  printLine(
    `for hardware ${image.hardwareClass}, ABI version ${image.abiVersion}, ${image.memoryPages} pages of memory`,
  );
  printLine(`module: ${image.payloadBytes} bytes, ${image.features.join(", ")}`);
  printLine(dim(`sha256 ${image.payloadSha256}`));
  printLine(dim(`build ${image.buildId}, golden ${image.goldenSha256}`));
  printSigner(image);
}

/** The development key is public: say so whenever it is used. */
export function printSigner({ isDevelopmentKey, keyId }: ImageSummary): void {
  printLine(
    isDevelopmentKey
      ? "signed with the public development key: boards that are locked for production refuse it"
      : `signed with key ${keyId}`,
  );
}

export function printVerdict({ file, isAccepted, refusals }: Verdict): void {
  printLine(isAccepted ? `${file}: accepted` : `${file}: refused`);
  for (const refusal of refusals) printLine(refusalText(refusal));
}

export function printKey({ keyId, privateKey, publicKey }: KeySummary): void {
  printLine(`key ${keyId}`);
  printLine(`${privateKey}: private; keep it, and keep it to yourself`);
  printLine(`${publicKey}: public; for the boards and for cqd image verify`);
}
