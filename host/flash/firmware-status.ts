import { NO_SECTOR, NO_SLOT, SLOT_TRIAL } from "../../hw-profiles/interface/flash.ts";
import { IMAGE_MANIFEST_BYTES } from "../../hw-profiles/interface/image.ts";
import { BOOT_HISTORY_WORDS, FLASH_STORY_WORDS } from "../../hw-profiles/interface/registers.ts";
import type { RegisterPort } from "../camera/register-port.ts";
import { decodeManifest } from "../image/decode-manifest.ts";
import { isDevelopmentKey } from "../image/image-key.ts";
import { hexText, signatureOf, versionText } from "../image/manifest.ts";
import { bytesOf, FlashPort } from "./flash-port.ts";
import { bootResultName, type Reason, reasonOf, slotStateName } from "./reason-text.ts";

/** A slot, and the image whose manifest stands in it. */
export interface SlotStatus {
  readonly slot: number;
  /** "empty", "installing", "pending", "trial", "confirmed", "rejected". */
  readonly state: string;
  readonly image: SlotImage | undefined;
  /** Why it was rejected, or failed. */
  readonly reason: Reason | undefined;
}

export interface SlotImage {
  readonly version: string;
  readonly securityCounter: number;
  readonly payloadBytes: number;
  readonly payloadSha256: string;
  readonly buildId: string;
  readonly keyId: string;
  readonly isDevelopmentKey: boolean;
}

/** One restart of the readout logic. */
export interface HistoryEntry {
  /** "confirmed", "trial", "recovery", "refused". */
  readonly result: string;
  readonly running: number | undefined;
  readonly reason: Reason | undefined;
  readonly reasonSlot: number | undefined;
}

/** A change of a slot. */
export interface SlotChange {
  readonly slot: number;
  /** Since then: as SlotStatus has it. */
  readonly state: string;
  readonly reason: Reason | undefined;
  /** Of the flash, found bad just then. */
  readonly badSector: number | undefined;
}

/** An installation that was begun and not finished. */
export interface OpenInstallation {
  readonly slot: number;
  readonly sectors: number;
  readonly totalSectors: number;
}

/** What a board runs, what its slots hold, and how it came to that. */
export interface FirmwareStatus {
  /** What the last restart decided: "confirmed", "trial", "recovery", "refused". */
  readonly result: string;
  readonly running: number | undefined;
  /** What runs is on trial, and not confirmed yet. */
  readonly isTrial: boolean;
  /** The slot confirmed last. */
  readonly active: number | undefined;
  readonly slots: readonly SlotStatus[];
  readonly slotBytes: number;
  /** Images with a smaller security counter are refused. */
  readonly securityFloor: number;
  /** Of the flash, found bad last. */
  readonly badSector: number | undefined;
  readonly installation: OpenInstallation | undefined;
  /** Locked for production: the development key is refused. */
  readonly isLocked: boolean;
  /** Ids of the keys that the board knows. */
  readonly keyIds: readonly string[];
  /** Since power-on. */
  readonly restarts: number;
  /** Of the ROIC clock, that the last restart took. */
  readonly restartCycles: number;
  /** Since power-on, newest first. */
  readonly history: readonly HistoryEntry[];
  /** As the board's journal tells it, newest first: it outlives the power, and forgets the oldest. */
  readonly changes: readonly SlotChange[];
}

/** @throws CameraError, TransportError. */
export async function readFirmwareStatus(registers: RegisterPort): Promise<FirmwareStatus> {
  const port = new FlashPort(registers);
  const words = await port.steadyBootWords();
  const { count, cycles } = await port.restarts();
  const manifests = bytesOf(await port.numbers("SlotManifest"));
  const slots = words.slotStates.map((state, slot): SlotStatus => {
    const isReason = words.reasonSlot === slot && words.reason !== 0;
    return {
      slot,
      state: slotStateName(state),
      image: imageOf(manifests.subarray(slot * IMAGE_MANIFEST_BYTES, (slot + 1) * IMAGE_MANIFEST_BYTES)),
      reason: isReason ? reasonOf(words.reason) : undefined,
    };
  });
  const { install } = words;
  return {
    result: bootResultName(words.result),
    running: words.running,
    isTrial: words.running !== undefined && words.slotStates[words.running] === SLOT_TRIAL,
    active: words.active,
    slots,
    slotBytes: words.slotBytes,
    securityFloor: words.floor,
    badSector: words.badSector,
    installation: install && {
      slot: install.slot,
      sectors: install.progress,
      totalSectors: install.sectors,
    },
    isLocked: (await port.number("FlashLocked")) !== 0,
    keyIds: keyIdsOf(bytesOf(await port.numbers("FlashKeyId"))),
    restarts: count,
    restartCycles: cycles,
    history: historyOf(await port.numbers("BootHistory")),
    changes: changesOf(await port.numbers("FlashStory")),
  };
}

function imageOf(bytes: Uint8Array): SlotImage | undefined {
  const { manifest } = decodeManifest(bytes);
  if (manifest === undefined) return undefined;
  const { keyId } = signatureOf(bytes);
  return {
    version: versionText(manifest.version),
    securityCounter: manifest.securityCounter,
    payloadBytes: manifest.payloadLength,
    payloadSha256: hexText(manifest.payloadSha256),
    buildId: hexText(manifest.buildId),
    keyId: hexText(keyId),
    isDevelopmentKey: isDevelopmentKey(keyId),
  };
}

function keyIdsOf(bytes: Uint8Array): string[] {
  const ids = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
  return ids.filter((id) => id.some((byte) => byte !== 0)).map(hexText);
}

function entriesOf(words: readonly number[], wordsEach: number): (readonly number[])[] {
  return Array.from({ length: words.length / wordsEach }, (_, i) =>
    words.slice(i * wordsEach, (i + 1) * wordsEach),
  );
}

function changesOf(words: readonly number[]): SlotChange[] {
  const entries = entriesOf(words, FLASH_STORY_WORDS);
  return entries.flatMap(([slot = NO_SLOT, state = 0, reason = 0, badSector = NO_SECTOR]) => {
    if (slot === NO_SLOT) return [];
    const why = reason === 0 ? undefined : reasonOf(reason);
    const bad = badSector === NO_SECTOR ? undefined : badSector;
    return [{ slot, state: slotStateName(state), reason: why, badSector: bad }];
  });
}

function historyOf(words: readonly number[]): HistoryEntry[] {
  const entries = entriesOf(words, BOOT_HISTORY_WORDS);
  const slotOf = (word: number) => (word === NO_SLOT ? undefined : word);
  return entries.flatMap(([result = 0, running = 0, reason = 0, reasonSlot = 0]) => {
    if (result === 0) return [];
    const why = reason === 0 ? undefined : reasonOf(reason);
    const whose = reason === 0 ? undefined : slotOf(reasonSlot);
    return [{ result: bootResultName(result), running: slotOf(running), reason: why, reasonSlot: whose }];
  });
}
