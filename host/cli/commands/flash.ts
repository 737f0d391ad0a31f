import { Command } from "commander";
import { FLASH_SLOTS } from "../../../hw-profiles/interface/flash.ts";
import { deviceOptions, streamInterfaceOption } from "../device/device-options.ts";
import { refuseSimulatedOnly } from "../device/simulated-only.ts";
import { EXIT_BAD_INPUT } from "../exit-codes.ts";
import type { FlashRunOptions } from "../flash/flash-run.ts";
import type { WatchOptions } from "../flash/watch-run.ts";
import type { FlashDeviceOptions } from "../flash/with-updater.ts";
import { wholeNumber } from "../parse-value.ts";
import { printJson, printLine } from "../text/terminal.ts";

const WORD_MAX = 0xffffffff;
const MAX_PORT = 65_535;

const HELP = `
Examples:
  cqd build my-camera -o logic.cqdi
  cqd flash logic.cqdi --device hid:SERIAL                   sends, reads back, runs on trial
  cqd flash confirm --device hid:SERIAL                      keeps it; without that the next restart goes back
  cqd flash logic.cqdi --device hid:SERIAL --confirm         keeps it once it has read out frames
  cqd flash logic.cqdi --dry-run                             what the board would say; nothing is sent
  cqd flash logic.cqdi --flash-file board.json --confirm     a simulated board whose flash outlives the command
  cqd stream --flash-file board.json --frames 3              the new logic

What is refused is refused before the first sector is erased. Ctrl-C, or a cable that is pulled, leaves a board that boots what
it booted before; the same command goes on where it stopped. Ends with 3 when the board would refuse the image, with 4 when it
failed its trial. See docs/flash.md.

JSON: lines {"progress": {"phase", "bytes", "totalBytes", "sectors", "totalSectors", "skippedSectors"}}, then one line {"file",
"device", "isAccepted", "refusals", "sent": {"slot", "totalBytes", "sentBytes", "totalSectors", "skippedSectors",
"resumedAtByte"}, "isVerified", "state", "restartCycles"}.`;

const STATUS_JSON = `JSON: {"result", "running", "isTrial", "active", "slots": [{"slot", "state", "image": {"version", "securityCounter", "payloadBytes",
"payloadSha256", "buildId", "keyId", "isDevelopmentKey"}, "reason"}], "slotBytes", "securityFloor", "badSector", "installation",
"isLocked", "keyIds", "restarts", "restartCycles", "history": [{"result", "running", "reason", "reasonSlot"}], "changes": [{"slot",
"state", "reason", "badSector"}]}.`;

export function flashCommand(): Command {
  const command = new Command("flash")
    .description("put readout logic into a board: send, read back, run on trial, keep or go back")
    .argument("<image>", "file of cqd build or cqd image sign (.cqdi)")
    .enablePositionalOptions()
    .option("--confirm", "keep it once it has read out frames on trial")
    .option("--dry-run", "say what the board would say, and send nothing")
    .option("--no-restart", "leave it pending: the next start of the board runs it on trial")
    .option("--json", "JSON lines");
  return onDevice(command)
    .addHelpText("after", HELP)
    .action(flash)
    .addCommand(statusCommand())
    .addCommand(simple("confirm", "keep the image that runs on trial"))
    .addCommand(simple("revert", "go back: reject the image on trial, or run the one before on trial"))
    .addCommand(eraseCommand())
    .addCommand(readBackCommand())
    .addCommand(watchCommand());
}

function onDevice(command: Command): Command {
  return deviceOptions(command).option(
    "--key <file>",
    "public key (PEM) of the board, to check signatures with before it does; may be given again",
    (file: string, files: readonly string[]) => [...files, file],
    [],
  );
}

async function flash(file: string, options: FlashRunOptions): Promise<void> {
  const { flashImage } = await import("../flash/flash-run.ts");
  const { FlashPrinter, jsonListener, printFlash } = await import("../flash/print-flash.ts");
  const printer = new FlashPrinter();
  const summary = await flashImage(file, options, options.json ? jsonListener : printer).finally(() =>
    printer.end(),
  );
  if (options.json) printJson(summary);
  else printFlash(summary);
  if (!summary.isAccepted) process.exitCode = EXIT_BAD_INPUT;
}

type PlainOptions = FlashDeviceOptions & { readonly json?: true };

function statusCommand(): Command {
  return onDevice(
    new Command("status").description("what runs, what the slots hold, and how it came to that"),
  )
    .option("--json", "one JSON object")
    .addHelpText("after", `\nExamples:\n  cqd flash status --device hid:SERIAL\n\n${STATUS_JSON}`)
    .action(async (options: PlainOptions) => {
      const { withUpdater } = await import("../flash/with-updater.ts");
      const { printStatus } = await import("../flash/print-flash.ts");
      await withUpdater(options, async (updater) => {
        const status = await updater.status();
        if (options.json) printJson(status);
        else printStatus(status);
      });
    });
}

function simple(name: "confirm" | "revert", description: string): Command {
  return onDevice(new Command(name).description(description))
    .option("--json", "one JSON object")
    .addHelpText("after", `\nExamples:\n  cqd flash ${name} --device hid:SERIAL\n\n${STATUS_JSON}`)
    .action(async (options: PlainOptions) => {
      const { withUpdater } = await import("../flash/with-updater.ts");
      const { printStatus } = await import("../flash/print-flash.ts");
      await withUpdater(options, async (updater) => {
        await updater[name]();
        const status = await updater.status();
        if (options.json) printJson(status);
        else printStatus(status);
      });
    });
}

function eraseCommand(): Command {
  return onDevice(new Command("erase").description("erase a slot that neither runs nor is confirmed"))
    .argument("<slot>", `0 to ${FLASH_SLOTS - 1}`, wholeNumber(0, FLASH_SLOTS - 1))
    .option("--json", "one JSON object")
    .addHelpText("after", '\nExamples:\n  cqd flash erase 1 --device hid:SERIAL\n\nJSON: {"slot", "state"}.')
    .action(async (slot: number, options: PlainOptions) => {
      const { withUpdater } = await import("../flash/with-updater.ts");
      await withUpdater(options, (updater) => updater.erase(slot));
      if (options.json) printJson({ slot, state: "empty" });
      else printLine(`slot ${slot}: erased`);
    });
}

interface ReadBackOptions extends PlainOptions {
  readonly offset: number;
  readonly length?: number;
}

function readBackCommand(): Command {
  return onDevice(new Command("read-back").description("SHA-256 of what a slot holds, by the board"))
    .argument("<slot>", `0 to ${FLASH_SLOTS - 1}`, wholeNumber(0, FLASH_SLOTS - 1))
    .option("--offset <bytes>", "first byte", wholeNumber(0, WORD_MAX), 0)
    .option("--length <bytes>", "default: to the end of the slot", wholeNumber(1, WORD_MAX))
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd flash read-back 0 --length 24000 --device hid:SERIAL\n\nJSON: {"slot", "offset", "length", "sha256"}.',
    )
    .action(async (slot: number, options: ReadBackOptions) => {
      const { readBack } = await import("../flash/read-back-run.ts");
      const result = await readBack(slot, options);
      if (options.json) printJson(result);
      else
        printLine(
          `${result.sha256}  slot ${slot}, bytes ${result.offset} to ${result.offset + result.length - 1}`,
        );
    });
}

function watchCommand(): Command {
  return new Command("watch")
    .description("build, flash and show the picture on every save")
    .argument("<src>", "folder of the project, or a file of AssemblyScript, as cqd build has it")
    .option("--device <name>", "sim:PROFILE or hid:SERIAL; see cqd list", "sim:inas-lidar-64x48")
    .option("--scene <scene>", "what a simulated board looks at", "room")
    .addOption(streamInterfaceOption())
    .option("--port <n>", "of the viewer on 127.0.0.1; 0 = any free one", wholeNumber(0, MAX_PORT))
    .option("--key <file>", "private key (PEM) to sign with (default: the public development key)")
    .option("--open", "open the page in the browser")
    .option("--json", "JSON lines")
    .addHelpText(
      "after",
      `
Examples:
  cqd build --new my-camera && cqd flash watch my-camera --open
  cqd flash watch my-camera --device hid:SERIAL              the board on USB with this serial number
  cqd flash watch my-camera --device hid:SERIAL --key my.pem   a board that is locked for production

Every save is compiled, checked, signed, flashed into the running board and confirmed when it has read
out frames; the viewer goes on. What fails, on the way or on trial, is said, and the board goes on with what ran before.

JSON: lines {"url"}, then for every save {"flashed": {"slot", "sentBytes", "restartCycles"}} or {"failed": text}.`,
    )
    .action(async (source: string, options: WatchOptions, command: Command) => {
      refuseSimulatedOnly(options.device, command);
      const { watchLogic } = await import("../flash/watch-run.ts");
      await watchLogic(source, options);
    });
}
