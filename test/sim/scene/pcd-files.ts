/** A field as it goes into a PCD file written for a test. */
export interface TestField {
  readonly name: string;
  readonly size: number;
  readonly type: "F" | "I" | "U";
  readonly count?: number;
  /** Value of point i. */
  value(i: number): number;
}

export type TestEncoding = "ascii" | "binary" | "binary_compressed";

/** A PCD file written without the product's code. */
export function writePcd(
  width: number,
  height: number,
  fields: readonly TestField[],
  encoding: TestEncoding,
) {
  const list = (of: (field: TestField) => string | number): string => fields.map(of).join(" ");
  const header = [
    "# .PCD v0.7 - Point Cloud Data file format",
    "VERSION 0.7",
    `FIELDS ${list((f) => f.name)}`,
    `SIZE ${list((f) => f.size)}`,
    `TYPE ${list((f) => f.type)}`,
    `COUNT ${list((f) => f.count ?? 1)}`,
    `WIDTH ${width}`,
    `HEIGHT ${height}`,
    "VIEWPOINT 0 0 0 1 0 0 0",
    `POINTS ${width * height}`,
    `DATA ${encoding}`,
    "",
  ].join("\n");
  const points = width * height;
  const body = encoding === "ascii" ? ascii(points, fields) : binary(points, fields, encoding);
  return Buffer.concat([Buffer.from(header), body]);
}

function ascii(points: number, fields: readonly TestField[]): Buffer {
  const lines = Array.from({ length: points }, (_, i) =>
    fields
      .map((f) =>
        Array(f.count ?? 1)
          .fill(Number.isNaN(f.value(i)) ? "nan" : f.value(i))
          .join(" "),
      )
      .join(" "),
  );
  return Buffer.from(`${lines.join("\n")}\n`);
}

function binary(points: number, fields: readonly TestField[], encoding: TestEncoding): Buffer {
  const cell = (field: TestField, i: number): Buffer =>
    Buffer.concat(Array(field.count ?? 1).fill(value(field, i)));
  const indices = Array.from({ length: points }, (_, i) => i);
  if (encoding === "binary")
    return Buffer.concat(indices.flatMap((i) => fields.map((field) => cell(field, i))));
  const raw = Buffer.concat(fields.flatMap((field) => indices.map((i) => cell(field, i))));
  const packed = packLzf(raw);
  const sizes = Buffer.alloc(8);
  sizes.writeUInt32LE(packed.length, 0);
  sizes.writeUInt32LE(raw.length, 4);
  return Buffer.concat([sizes, packed]);
}

function value(field: TestField, i: number): Buffer {
  const out = Buffer.alloc(field.size);
  const number = field.value(i);
  if (field.type === "F") {
    if (field.size === 4) out.writeFloatLE(number);
    else out.writeDoubleLE(number);
  } else if (field.type === "U") out.writeUIntLE(number, 0, Math.min(6, field.size));
  else out.writeIntLE(number, 0, Math.min(6, field.size));
  return out;
}

/** A simple LZF packer: literals, and references to the last place where the same three bytes stood. */
export function packLzf(raw: Uint8Array): Buffer {
  const out: number[] = [];
  const seen = new Map<number, number>();
  let literals: number[] = [];
  const flush = (): void => {
    if (literals.length > 0) out.push(literals.length - 1, ...literals);
    literals = [];
  };
  for (let at = 0; at < raw.length; ) {
    const key = raw[at]! | (raw[at + 1]! << 8) | (raw[at + 2]! << 16);
    const back = at - (seen.get(key) ?? Number.NEGATIVE_INFINITY);
    seen.set(key, at);
    let length = 0;
    if (back <= 8192)
      while (length < 264 && at + length < raw.length && raw[at + length] === raw[at + length - back])
        length++;
    if (length >= 3) {
      flush();
      const code = length - 2;
      out.push((Math.min(7, code) << 5) | ((back - 1) >> 8));
      if (code >= 7) out.push(code - 7);
      out.push((back - 1) & 255);
      at += length;
    } else {
      literals.push(raw[at++]!);
      if (literals.length === 32) flush();
    }
  }
  flush();
  return Buffer.from(out);
}
