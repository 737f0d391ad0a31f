import { Command, Option } from "commander";
import { IMAGE_KEY_SLOTS } from "../../../hw-profiles/interface/image.ts";
import { LOGIC_MODES, LOGIC_TARGETS, type LogicMode, type LogicTarget } from "../../logic/logic-options.ts";
import { usageError } from "../command-error.ts";
import { EXIT_BAD_INPUT } from "../exit-codes.ts";
import { releaseOptions } from "../image/release-options.ts";
import type { SignOptions } from "../image/sign-run.ts";
import type { VerifyOptions } from "../image/verify-run.ts";
import { wholeNumber } from "../parse-value.ts";
import { printJson } from "../text/terminal.ts";

const WORD_MAX = 0xffffffff;

const HELP = `
Examples:
  cqd build my-camera -o logic.cqdi               an image, signed with the public development key
  cqd image keygen release                        release.pem and release.pub.pem
  cqd image sign logic.cqdi --key release.pem --version 1.2.0 --security-counter 3
  cqd image verify logic.cqdi --key release.pub.pem --locked --floor 3
  cqd image info logic.cqdi --json`;

const VERIFY_HELP = `
Examples:
  cqd image verify logic.cqdi                                        a development board
  cqd image verify logic.cqdi --key old.pub.pem --key new.pub.pem    while keys are changed
  cqd image verify logic.cqdi --key release.pub.pem --locked --floor 3 --target scalar

Checks what a board checks, manifest, signature and module, and runs the module on the golden input. Ends with 3 when the
board would refuse it.

JSON: {"file", "isAccepted", "refusals": [{"code", "name", "found", "expected", "nextStep"}]}.`;

const SUMMARY_HELP = `
JSON: {"file", "bytes", "version", "securityCounter", "payloadBytes", "abiVersion", "memoryPages", "hardwareClass",
"features", "payloadSha256", "buildId", "goldenSha256", "keyId", "isDevelopmentKey"}.`;

const SIGN_HELP = `
Examples:
  cqd image sign logic.cqdi --key release.pem -o release.cqdi
  cqd image sign logic.wasm --target scalar --version 1.0.0

A module is checked as a board does; an image keeps all that the options do not change.
${SUMMARY_HELP}`;

const KEYGEN_HELP = `
Examples:
  cqd image keygen release

JSON: {"privateKey", "publicKey", "keyId"}.`;

export function imageCommand(): Command {
  return new Command("image")
    .description("look at, check and sign images for flashing; make keys")
    .addHelpText("after", HELP)
    .addCommand(infoCommand())
    .addCommand(verifyCommand())
    .addCommand(signCommand())
    .addCommand(keygenCommand());
}

function infoCommand(): Command {
  return new Command("info")
    .description("what an image says of itself")
    .argument("<file>")
    .option("--json", "one JSON object")
    .addHelpText("after", `\nExamples:\n  cqd image info logic.cqdi\n${SUMMARY_HELP}`)
    .action(info);
}

function verifyCommand(): Command {
  return new Command("verify")
    .description("whether a board would take it, and why not")
    .argument("<file>")
    .option("--key <file>", "public key (PEM) of a slot of the board, twice at most", collect, [])
    .option("--locked", "the board is locked for production")
    .addOption(
      new Option("--target <target>", "of the board")
        .choices(LOGIC_TARGETS)
        .default("simd" satisfies LogicTarget),
    )
    .addOption(
      new Option("--mode <mode>", "of its sensor").choices(LOGIC_MODES).default("both" satisfies LogicMode),
    )
    .option("--floor <n>", "security counter of the board", wholeNumber(0, WORD_MAX), 0)
    .option("--slot-bytes <n>", "room of a slot", wholeNumber(1, WORD_MAX))
    .option("--json", "one JSON object")
    .addHelpText("after", VERIFY_HELP)
    .action(verify);
}

function signCommand(): Command {
  const command = new Command("sign")
    .description("sign an image anew, or make one of a module")
    .argument("<file>", "image (.cqdi) or module (.wasm)")
    .option(
      "-o, --out <file>",
      "image to write (default: the file itself, of a module the same name with .cqdi)",
    );
  return releaseOptions(command)
    .addOption(
      new Option("--target <target>", "hardware that a module is for")
        .choices(LOGIC_TARGETS)
        .default("simd" satisfies LogicTarget),
    )
    .option("--json", "one JSON object")
    .addHelpText("after", SIGN_HELP)
    .action(sign);
}

function keygenCommand(): Command {
  return new Command("keygen")
    .description("make a key pair: NAME.pem and NAME.pub.pem")
    .argument("<name>")
    .option("--json", "one JSON object")
    .addHelpText("after", KEYGEN_HELP)
    .action(keygen);
}

function collect(file: string, files: readonly string[]): readonly string[] {
  return [...files, file];
}

async function info(file: string, options: { readonly json?: true }): Promise<void> {
  const { imageInfo } = await import("../image/verify-run.ts");
  const { printImage } = await import("../image/print-image.ts");
  const summary = await imageInfo(file);
  if (options.json) printJson(summary);
  else printImage(summary);
}

async function verify(file: string, options: VerifyOptions): Promise<void> {
  if (options.key.length > IMAGE_KEY_SLOTS)
    throw usageError(
      `found --key ${options.key.length} times, expected ${IMAGE_KEY_SLOTS} at most: a board has that many slots`,
    );
  const { verifyFile } = await import("../image/verify-run.ts");
  const { printVerdict } = await import("../image/print-image.ts");
  const verdict = await verifyFile(file, options);
  if (options.json) printJson(verdict);
  else printVerdict(verdict);
  if (!verdict.isAccepted) process.exitCode = EXIT_BAD_INPUT;
}

async function sign(file: string, options: SignOptions): Promise<void> {
  const { signFile } = await import("../image/sign-run.ts");
  const { printImage } = await import("../image/print-image.ts");
  const summary = await signFile(file, options);
  if (options.json) printJson(summary);
  else printImage(summary);
}

async function keygen(name: string, options: { readonly json?: true }): Promise<void> {
  const { makeKeyFiles } = await import("../image/keygen-run.ts");
  const { printKey } = await import("../image/print-image.ts");
  const summary = await makeKeyFiles(name);
  if (options.json) printJson(summary);
  else printKey(summary);
}
