import { BOOT_DATA_BYTES } from "../../../hw-profiles/interface/flash.ts";
import {
  BOOT_RESULTS,
  FLASH_REASON_TABLE,
  type NamedState,
  SLOT_STATES,
} from "../../../hw-profiles/interface/flash-table.ts";
import { flash } from "../../../hw-profiles/interface/register-group-flash.ts";
import {
  BOOT_HISTORY_ENTRIES,
  FLASH_STORY_ENTRIES,
  FLASH_WINDOW_WORDS,
} from "../../../hw-profiles/interface/registers.ts";
import { readLossFigures } from "../campaign-flash-link/loss-figures.ts";
import { GENERATED, hex, page, table } from "./markdown.ts";

const INTRODUCTION = `Readout logic is flashed as a signed image ([image.md](image.md)) into the slot that does not run. The board runs it on trial, and goes
back by itself unless it is confirmed.

\`\`\`sh
npx cqd build my-camera -o logic.cqdi
npx cqd flash logic.cqdi --device hid:SERIAL --dry-run   # what the board would say; nothing is sent
npx cqd flash logic.cqdi --device hid:SERIAL             # sends, reads back, runs on trial
npx cqd flash confirm --device hid:SERIAL                # keeps it; without that the next restart goes back
npx cqd flash status --device hid:SERIAL
\`\`\`

\`--confirm\` does it in one: the image is kept once it has read out two frames of the sensor on trial. The options: [cli.md](cli.md#flash).`;

const STEPS = `1. **Refuse.** The board's registers tell what it accepts; the file is judged by it with the code that the board uses, and its golden input
   runs here. What is wrong is said, all of it, before the first sector is erased. A board tells the ids of its keys, not the keys: give
   \`--key release.pub.pem\` to have a signature checked here too; without it the board checks it, before it erases.
2. **Send.** Sector by sector the board is offered the SHA-256; what it holds already is skipped. Pieces of at most ${BOOT_DATA_BYTES} bytes go
   through a window of registers, without replies; the window's CRC-32C says whether all of it arrived, and if not, \`FlashPieceCrc\` which
   writes did not: they alone are sent again. Progress counts the bytes that the board has acknowledged.
3. **Finish.** The board hashes the whole payload, checks the module, and programs the header last of all.
4. **Read back.** The board hashes every 4 KiB of the slot as the flash reads, the host compares. Only then is anything reported as done;
   what differs is rejected on the board and never runs.
5. **Restart.** \`BootCycles\` says how many cycles no frame starts; the acquisition goes on with the new logic. The boot loader runs the golden
   input first. A trial that traps, or runs longer than its fuel, restarts the board, which then runs what it ran before: one reboot.
6. **Confirm.** The slot becomes the active one and the security floor rises to the image's counter. From now on nothing goes back by itself: a frame
   on which the logic traps, or takes its fuel, ends the acquisition with \`TRAP\`. Counting it takes some of the
   simulator's speed; a module that was given by \`--firmware\` and did not come through the flash has none.`;

const FIGURES = readLossFigures();
const installations = FIGURES[0]!.installations;
const done = FIGURES.reduce((sum, figure) => sum + figure.done, 0);
const all = FIGURES.reduce((sum, figure) => sum + figure.installations, 0);

/** A row for each rate, a column for each kind. */
function lossTable(): string {
  const losses = [...new Set(FIGURES.map(({ loss }) => loss))];
  const rates = [...new Set(FIGURES.map(({ rate }) => rate))];
  const cell = (loss: string, rate: number) =>
    FIGURES.filter((figure) => figure.loss === loss && figure.rate === rate)
      .map(({ requestRatio, sentRatio }) => `${sentRatio.toFixed(2)}, ${requestRatio.toFixed(2)}`)
      .join();
  return table(
    ["of the packets", ...losses],
    rates.map((rate) => [`${100 * rate} %`, ...losses.map((loss) => cell(loss, rate))]),
  );
}

const BROKEN = `A cable that is pulled, a program that dies or Ctrl-C leave a board that boots what it booted before. The same command goes on where it stopped:
at most the sector in work is sent again. Requests and replies that are lost, doubled, damaged or out of order cost a try: the board's state
decides what comes next, not the answer to the last request, and what a decision hangs on is read twice. \`npm run campaign:flash-link\`
puts each fault on each packet of installations with small and with wide sectors, 7258 in all: each ends with a slot that is the
file byte by byte, and with one sector sent again at most. The tests have a short version.

On a link that loses a share of all packets, both ways and all the time, an installation goes on too. The table is by
\`npm run campaign:flash-link -- --rates --write\`: ${installations} installations for each figure, ${done} of ${all} ended with the image in its slot. First the
bytes of the image that were sent, over those that it has (the manifest goes apart), then all bytes of requests over them. *reorder*: a
request changes places with the next, or the reply before comes once more; *mixed*: all of them share the rate.

${lossTable()}

A link that is dead ends with an error that says so (\`FlashError\` \`link\`, \`TransportError\`), within two minutes: eight rounds in a row
that bring no more of a window over, four questions without an answer, each of them twelve tries or five seconds long. Ctrl-C stops between two
pieces, says what to do and ends with 130; a second one ends at once.

A sector that does not take what it should hold is tried again, then the installation is given up: the message says which sector, and how
large an image may be to end before it; what runs is in the other slot. \`cqd flash status\` shows the sector from then on, and the changes of
the slots as the journal has them, power cycles or not.

An image on trial does not survive a second restart. So \`cqd flash\` waits for the restart that it asked for; a board whose frame takes longer
than 15 s is asked again.`;

const SIMULATED = `The flash of a simulated board lives as long as its command, or in a file:

\`\`\`sh
npx cqd flash logic.cqdi --flash-file board.json --confirm
npx cqd stream --flash-file board.json --frames 3        # the new logic
npx cqd serve usbip --flash-file board.json              # and on a bus
\`\`\`

The file is JSON: what the sectors hold, and how often each was erased. It is written atomically after every change; without a file there is
a board as of the factory, with the module of \`--firmware\`. **Every command on a simulated board is a power cycle**: it switches the board on,
and its end off. Without \`--confirm\` the image stays pending, the next command runs it on trial, the one after that goes back unless that
next one was \`cqd flash confirm\`. A worn part is tried by \`"stuck": [{"address": 315397, "mask": 255, "value": 0}]\` in the file: cells that do
not change any more.
The viewer keeps the flash of its boards while it runs; another scene is switching the board off and on.`;

const WATCH = `\`npx cqd flash watch my-camera --open\` compiles, checks, signs, flashes and confirms at every save, on the board that
the viewer shows meanwhile: a simulated one, or with \`--device hid:SERIAL\` the one on USB with this serial number. What fails is said, and the
board goes on with what ran before; a cable that is pulled on the way costs the time until it is back. The module is for the board's class of
hardware. It is signed with the development key, which a board that is locked for production refuses, or with the private key that \`--key\` names.

In the viewer, **Flash** opens slots, reasons and history; a \`.cqdi\` file that is dropped on the page is flashed with the same checks, on a
board behind the server or one that the page opened by USB. **Keep** confirms, **Go back** reverts.`;

const LIBRARY = `\`FirmwareUpdater\` (\`host/flash\`) does all of it over a camera's registers, in Node and in the browser: \`status\`, \`judge\`, \`install\`,
\`restart\`, \`confirm\`, \`revert\`, \`erase\`, \`readBack\`.

\`\`\`ts
const { camera } = await openCamera("hid:SERIAL");
const updater = new FirmwareUpdater(camera.registers, imageFacts);
const { slot } = await updater.install(image, { onProgress: ({ phase, bytes }) => console.log(phase, bytes) });
await updater.restart(slot); // FlashError "reverted" when the image fails its trial
await updater.confirm();
\`\`\``;

const PROTOCOL = `\`FlashWindowOffset\` and \`FlashWindowData\` are written in one request: offset and ${FLASH_WINDOW_WORDS} words. \`FlashLength\` and
\`FlashWindowCrc\`, or \`FlashPieceCrc\`, say what arrived. Then \`FlashSlot\`, \`FlashOffset\` and \`FlashLength\`, then \`FlashCommand\`; \`FlashResult\` answers. \`BootStatus\` is the boot loader's status block as in
\`hw-profiles/interface/flash.ts\`, \`SlotManifest\` the first bytes of each slot, \`BootHistory\` the last ${BOOT_HISTORY_ENTRIES} restarts since power-on, which
are in no flash. \`FlashStory\` outlives the power: the last ${FLASH_STORY_ENTRIES} changes of the slots (begun, complete, on trial, confirmed, rejected and why, a
sector found bad), which the board reads out of the boot loader's journal and never writes. The journal of the simulated board keeps at least 1638
records; an update of *n* sectors takes *n* + 3. A
command whose \`FlashSlot\` names the slot that runs erases nothing, however it is damaged.`;

function states(entries: readonly NamedState[]): string {
  return table(
    ["code", "name", "meaning"],
    entries.map(({ code, doc, name }) => [String(code), `\`${name}\``, doc]),
  );
}

function reasonRows(): string[][] {
  return FLASH_REASON_TABLE.map(({ cause, code, name, nextStep }) => [
    String(code),
    `\`${name}\``,
    cause,
    nextStep,
  ]);
}

function registerRows(): string[][] {
  return flash.map(({ access, address, count, doc, name }) => [
    hex(address, 4),
    `\`${name}\``,
    count > 1 ? `u32[${count}]` : "u32",
    access,
    doc,
  ]);
}

/** docs/flash.md */
export function flashPage(): string {
  return page(
    GENERATED,
    "# Flashing",
    INTRODUCTION,
    "## What happens",
    STEPS,
    "## When it breaks off",
    BROKEN,
    "## Simulated boards",
    SIMULATED,
    "## While the picture goes on",
    WATCH,
    LIBRARY,
    "## Slots",
    states(SLOT_STATES),
    "What a restart decides:",
    states(BOOT_RESULTS),
    "## Reasons",
    "Besides the refusals of [image.md](image.md#refusals):",
    table(["code", "name", "cause", "next step"], reasonRows()),
    "## Registers",
    PROTOCOL,
    table(["address", "name", "type", "access", "meaning"], registerRows()),
  );
}
