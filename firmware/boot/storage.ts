// Flash operations that believe nothing but what they read back.
import { FLASH_UNIT_MAX } from "../../hw-profiles/interface/flash.ts";
import { allBytes, equalBytes } from "./bytes.ts";
import * as crypto from "./crypto.ts";
import * as flash from "./flash.ts";
import { sectorAddress, sectorBytes } from "./geometry.ts";
import { board, PIECE, PIECE_BYTES, UNIT } from "./views.ts";

/** The first may fail to prepare the sector, the second to erase it. */
const ERASE_TRIES = 4;

/** Does a range read erased? */
export function isErased(address: u32, length: u32): bool {
  for (let at: u32 = 0; at < length; at += PIECE_BYTES) {
    const piece = min(PIECE_BYTES, length - at);
    flash.read(address + at, PIECE, piece);
    if (!allBytes(PIECE, piece, board.erased)) return false;
  }
  return true;
}

function holds(address: u32, source: usize, length: u32): bool {
  flash.read(address, PIECE, length);
  return equalBytes(PIECE, source, length);
}

/**
 * Programs whole units, at most PIECE_BYTES, page by page: a NOR flash wraps around within a page of 256 bytes.
 * @returns whether the flash now holds them.
 */
export function programAndCheck(address: u32, source: usize, length: u32): bool {
  let at: u32 = 0;
  while (at < length) {
    const page = FLASH_UNIT_MAX - ((address + at) & (FLASH_UNIT_MAX - 1));
    const piece = min(page, length - at);
    if (flash.program(address + at, source + at, piece) !== 0) return false;
    if (!holds(address + at, source + at, piece)) return false;
    at += piece;
  }
  return true;
}

/** Programs all cells of whole units, at most FLASH_UNIT_MAX bytes. @returns whether the flash now holds that. */
export function programAll(address: u32, length: u32): bool {
  memory.fill(UNIT, u8(~board.erased), FLASH_UNIT_MAX);
  return programAndCheck(address, UNIT, length);
}

/**
 * Erases a sector, again if it does not read erased. One in doubt proves nothing by reading erased afterwards, should an
 * erase silently fail: cells that a cut left between two levels may read so. Its first unit is programmed before, so that
 * an erase shows.
 * @returns whether it reads erased in the end.
 */
export function eraseAndCheck(sector: u32, doubtful: bool): bool {
  const address = sectorAddress(sector);
  const bytes = sectorBytes(sector);
  for (let tries = 0; tries < ERASE_TRIES; tries++) {
    if (doubtful && !programAll(address, board.unit) && isErased(address, board.unit)) continue;
    doubtful = false;
    if (flash.erase(address) === 0 && isErased(address, bytes)) return true;
  }
  return false;
}

/** SHA-256 of a range of the flash. */
export function hashFlash(address: u32, length: u32, digest: usize): void {
  crypto.hash_begin();
  for (let at: u32 = 0; at < length; at += PIECE_BYTES) {
    const piece = min(PIECE_BYTES, length - at);
    flash.read(address + at, PIECE, piece);
    crypto.hash_update(PIECE, piece);
  }
  crypto.hash_end(digest);
}

/** SHA-256 of a block of memory. */
export function hashMemory(source: usize, length: u32, digest: usize): void {
  crypto.hash_begin();
  crypto.hash_update(source, length);
  crypto.hash_end(digest);
}
