import { badGlb, type GlbDocument, whole } from "./glb-document.ts";

interface ComponentType {
  readonly bytes: number;
  /** What an integer is divided by if it is normalised. */
  readonly full: number;
  read(view: DataView, at: number): number;
}

const COMPONENTS: ReadonlyMap<unknown, ComponentType> = new Map<unknown, ComponentType>([
  [5120, { bytes: 1, full: 127, read: (view, at) => view.getInt8(at) }],
  [5121, { bytes: 1, full: 255, read: (view, at) => view.getUint8(at) }],
  [5122, { bytes: 2, full: 32767, read: (view, at) => view.getInt16(at, true) }],
  [5123, { bytes: 2, full: 65535, read: (view, at) => view.getUint16(at, true) }],
  [5125, { bytes: 4, full: 4294967295, read: (view, at) => view.getUint32(at, true) }],
  [5126, { bytes: 4, full: 1, read: (view, at) => view.getFloat32(at, true) }],
]);

const WIDTHS: ReadonlyMap<unknown, number> = new Map([
  ["SCALAR", 1],
  ["VEC2", 2],
  ["VEC3", 3],
  ["VEC4", 4],
]);

/** The values of an accessor, `width` a row. */
export interface AccessorValues {
  readonly width: number;
  readonly count: number;
  readonly values: Float64Array;
}

/** Read an accessor. Throws SceneError if it reaches beyond its buffer, is sparse or compressed. */
export function readAccessor(document: GlbDocument, index: unknown): AccessorValues {
  const accessor = document.entry("accessors", index);
  const component = COMPONENTS.get(accessor["componentType"]);
  const width = WIDTHS.get(accessor["type"]);
  if (component === undefined || width === undefined || accessor["sparse"] !== undefined) {
    const found = `an accessor of ${String(accessor["type"]).slice(0, 20)} (sparse: ${accessor["sparse"] !== undefined})`;
    throw badGlb(document.scene, found, "SCALAR, VEC2, VEC3 or VEC4 of a glTF component type, not sparse");
  }
  const count = wholeOf(document.scene, accessor, "count");
  const rowBytes = width * component.bytes;
  const { view, stride } = accessorView(document, accessor, rowBytes, count);
  const values = new Float64Array(count * width);
  const divisor = accessor["normalized"] === true ? component.full : 1;
  for (let i = 0, to = 0; i < count; i++) {
    for (let j = 0; j < width; j++)
      values[to++] = component.read(view, i * stride + j * component.bytes) / divisor;
  }
  return { width, count, values };
}

function accessorView(
  document: GlbDocument,
  accessor: Readonly<Record<string, unknown>>,
  rowBytes: number,
  count: number,
): { view: DataView; stride: number } {
  const bufferView = document.entry("bufferViews", accessor["bufferView"]);
  const buffer = document.entry("buffers", bufferView["buffer"]);
  const stride = whole(bufferView["byteStride"], rowBytes) || rowBytes;
  const viewStart = wholeOf(document.scene, bufferView, "byteOffset");
  const start = viewStart + wholeOf(document.scene, accessor, "byteOffset");
  const needed = count === 0 ? 0 : (count - 1) * stride + rowBytes;
  const { binary, scene } = document;
  if (buffer["uri"] !== undefined)
    throw badGlb(scene, "a buffer in another file", "all data in the GLB file");
  const viewEnd = viewStart + wholeOf(scene, bufferView, "byteLength");
  if (viewEnd > binary.length) {
    throw badGlb(scene, `a bufferView that ends at ${viewEnd}`, `the end within ${binary.length} bytes`);
  }
  if (stride < rowBytes || start + needed > viewEnd) {
    throw badGlb(
      scene,
      `${binary.length} bytes of binary data, a bufferView that ends at ${viewEnd}`,
      `${count} values that end at ${start + needed}`,
    );
  }
  return { view: new DataView(binary.buffer, binary.byteOffset + start, needed), stride };
}

/** A whole number from 0; 0 if it is absent. Throws SceneError for anything else. */
function wholeOf(scene: string, owner: Readonly<Record<string, unknown>>, key: string): number {
  const value = owner[key];
  if (value === undefined || whole(value, -1) >= 0) return whole(value, 0);
  throw badGlb(scene, `${key} ${String(value).slice(0, 20)}`, "a whole number from 0");
}
