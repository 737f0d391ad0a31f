/** Descriptors are little endian; these write their fields. */

export function u16(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

export function u32(value: number): number[] {
  return [...u16(value & 0xffff), ...u16((value >>> 16) & 0xffff)];
}

export function utf16(text: string): number[] {
  return [...text].flatMap((character) =>
    Array.from({ length: character.length }, (_, i) => u16(character.charCodeAt(i))).flat(),
  );
}

/** A descriptor: its length and type, then its fields. */
export function descriptor(type: number, fields: readonly number[]): number[] {
  return [fields.length + 2, type, ...fields];
}
