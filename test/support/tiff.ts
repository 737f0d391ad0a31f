/** A TIFF of one float sample a pixel, uncompressed. */
export interface FloatTiff {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  readonly description: string;
}

/** Field types of TIFF 6.0 that may occur. */
const BYTES_OF_TYPE: ReadonlyMap<number, number> = new Map([
  [2, 1],
  [3, 2],
  [4, 4],
]);

/** Reads a 32-bit float TIFF, written down from TIFF 6.0; strict: tags in order, one image, nothing missing. */
export function readTiff32f(bytes: Uint8Array): FloatTiff {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== 0x002a4949) throw new Error("found no little-endian TIFF");
  const tags = readTags(view, view.getUint32(4, true));
  const one = (tag: number) => {
    const values = tags.get(tag);
    if (values?.length !== 1) throw new Error(`tag ${tag}: found ${values?.length ?? 0} values, expected 1`);
    return values[0]!;
  };
  const expected: readonly (readonly [number, number])[] = [
    [258, 32],
    [259, 1],
    [262, 1],
    [277, 1],
    [339, 3],
  ];
  for (const [tag, value] of expected)
    if (one(tag) !== value) throw new Error(`tag ${tag}: found ${one(tag)}, expected ${value}`);
  const [width, height, dataAt] = [one(256), one(257), one(273)];
  if (one(278) < height || one(279) !== 4 * width * height) throw new Error("found no single whole strip");
  const values = Float32Array.from({ length: width * height }, (_, i) =>
    view.getFloat32(dataAt + 4 * i, true),
  );
  const text = String.fromCharCode(...(tags.get(270) ?? []));
  if (!text.endsWith("\0")) throw new Error("found a description without NUL");
  return { width, height, values, description: text.slice(0, -1) };
}

function readTags(view: DataView, at: number): Map<number, number[]> {
  const tags = new Map<number, number[]>();
  const count = view.getUint16(at, true);
  let last = 0;
  for (let index = 0; index < count; index++) {
    const entry = at + 2 + 12 * index;
    const tag = view.getUint16(entry, true);
    if (tag <= last) throw new Error(`tag ${tag} follows ${last}`);
    last = tag;
    const bytes = BYTES_OF_TYPE.get(view.getUint16(entry + 2, true));
    if (bytes === undefined) throw new Error(`tag ${tag}: found an unexpected type`);
    const length = view.getUint32(entry + 4, true);
    const from = length * bytes <= 4 ? entry + 8 : view.getUint32(entry + 8, true);
    const read = (i: number) =>
      bytes === 1
        ? view.getUint8(from + i)
        : bytes === 2
          ? view.getUint16(from + 2 * i, true)
          : view.getUint32(from + 4 * i, true);
    tags.set(
      tag,
      Array.from({ length }, (_, i) => read(i)),
    );
  }
  if (view.getUint32(at + 2 + 12 * count, true) !== 0) throw new Error("found a second image");
  return tags;
}
