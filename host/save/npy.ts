/** Array types that are saved. Typed arrays are little endian on every platform that Node runs on but s390x. */
export type NpyArray = Float32Array | Uint8Array | Uint16Array;

const MAGIC = "\x93NUMPY\x01\x00";
/** Header and data start on multiples of this (numpy's format, version 1.0). */
const ALIGNMENT = 64;

function typeOf(array: NpyArray): string {
  if (array instanceof Float32Array) return "<f4";
  return array instanceof Uint16Array ? "<u2" : "|u1";
}

/**
 * An array as the bytes of a .npy file that numpy.load reads (version 1.0, C order).
 * @throws Error when the shape does not hold as many elements as the array.
 */
export function encodeNpy(array: NpyArray, shape: readonly number[]): Uint8Array {
  const elements = shape.reduce((product, size) => product * size, 1);
  if (elements !== array.length)
    throw new Error(
      `found an array of ${array.length} elements, expected ${elements} for the shape [${shape}]`,
    );
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const dictionary = `{'descr': '${typeOf(array)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = MAGIC.length + 2 + dictionary.length + 1;
  const headerBytes = Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT;
  const text = `${dictionary}${" ".repeat(headerBytes - unpadded)}\n`;
  const bytes = new Uint8Array(headerBytes + array.byteLength);
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i);
  new DataView(bytes.buffer).setUint16(MAGIC.length, text.length, true);
  bytes.set(new TextEncoder().encode(text), MAGIC.length + 2);
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), headerBytes);
  return bytes;
}
