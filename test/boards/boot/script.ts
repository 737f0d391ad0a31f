// input.bin for boot-replay.c, and what output.bin must be.

/** Operations of boot-replay.c. */
const OPERATIONS = [
  "end",
  "key",
  "signature",
  "board",
  "fresh",
  "program",
  "stick",
  "call",
  "cellsHash",
  "cells",
  "memory",
  "stack",
] as const;
type Operation = (typeof OPERATIONS)[number];

interface Answer {
  readonly label: string;
  readonly bytes: Uint8Array;
  /** Words that follow, which only the board can know. */
  readonly measured: number;
}

export interface Measurement {
  readonly label: string;
  readonly words: readonly number[];
}

export function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values, (value) => value >>> 0).buffer);
}

export class Script {
  private readonly pieces: Uint8Array[] = [];
  private readonly answers: Answer[] = [];

  /** Adds an operation; bytes are not copied. */
  add(operation: Operation, ...operands: readonly Uint8Array[]): void {
    this.pieces.push(words(OPERATIONS.indexOf(operation)), ...operands);
  }

  /** What the last operation must answer, and how many words it measures. */
  expect(label: string, bytes: Uint8Array, measured = 0): void {
    this.answers.push({ label, bytes, measured });
  }

  /** input.bin. */
  get input(): Uint8Array {
    return Buffer.concat([...this.pieces, words(OPERATIONS.indexOf("end"))]);
  }

  /** Where output.bin first differs from what is expected; undefined: nowhere. */
  difference(output: Uint8Array): string | undefined {
    let at = 0;
    for (const { label, bytes, measured } of this.answers) {
      const found = output.subarray(at, at + bytes.length);
      if (Buffer.compare(bytes, found) !== 0) return `${label}: ${firstDifference(bytes, found)}`;
      at += bytes.length + 4 * measured;
    }
    return output.length === at ? undefined : `found ${output.length} bytes of answers, expected ${at}`;
  }

  /** What output.bin says that was measured. */
  measurements(output: Uint8Array): readonly Measurement[] {
    const view = new DataView(output.buffer, output.byteOffset, output.length);
    let at = 0;
    return this.answers.flatMap(({ label, bytes, measured }) => {
      const start = at + bytes.length;
      at = start + 4 * measured;
      const found = Array.from({ length: measured }, (_, word) => view.getUint32(start + 4 * word, true));
      return measured === 0 ? [] : [{ label, words: found }];
    });
  }
}

function firstDifference(expected: Uint8Array, found: Uint8Array): string {
  const at = expected.findIndex((value, index) => value !== found[index]) & ~3;
  const word = (bytes: Uint8Array) =>
    bytes.length < at + 4 ? "nothing" : `0x${Buffer.from(bytes).readUInt32LE(at).toString(16)}`;
  return `found ${word(found)} at byte ${at} of the answer, expected ${word(expected)}`;
}
