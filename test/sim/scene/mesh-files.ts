/** A mesh for the test writers below: corners, quads, colours 0..255. */
export interface TestMesh {
  readonly vertices: readonly (readonly [number, number, number])[];
  readonly quads: readonly (readonly [number, number, number, number])[];
  readonly colours?: readonly (readonly [number, number, number])[];
}

export function writeObj(mesh: TestMesh, relative = false): Buffer {
  const count = mesh.vertices.length;
  const number = (index: number): string => `${relative ? index - count : index + 1}/${index + 1}/1`;
  const lines = [
    "# written for a test",
    "mtllib none.mtl",
    ...mesh.vertices.map((v, i) => {
      const colour = mesh.colours?.[i]?.map((value) => value / 255).join(" ") ?? "";
      return `v ${v.join(" ")} ${colour}`;
    }),
    "vn 0 0 1",
    ...mesh.quads.map((quad) => `f ${quad.map(number).join(" ")}`),
  ];
  return Buffer.from(lines.join("\r\n"));
}

export type PlyFormat = "ascii" | "binary_little_endian" | "binary_big_endian";

export function writePly(mesh: TestMesh, format: PlyFormat): Buffer {
  const colours =
    mesh.colours === undefined ? [] : ["red", "green", "blue"].map((name) => `property uchar ${name}`);
  const header = [
    "ply",
    `format ${format} 1.0`,
    "comment written for a test",
    `element vertex ${mesh.vertices.length}`,
    "property double x",
    "property float y",
    "property float z",
    ...colours,
    `element face ${mesh.quads.length}`,
    "property uchar flags",
    "property list uchar int vertex_indices",
    "element edge 1",
    "property list ushort short junk",
    "end_header",
    "",
  ].join("\n");
  const little = format === "binary_little_endian";
  const rows =
    format === "ascii"
      ? asciiRows(mesh)
      : Buffer.concat([...vertexRows(mesh, little), ...faceRows(mesh, little)]);
  return Buffer.concat([Buffer.from(header), rows]);
}

function asciiRows(mesh: TestMesh): Buffer {
  const vertices = mesh.vertices.map((v, i) => [...v, ...(mesh.colours?.[i] ?? [])].join(" "));
  return Buffer.from([...vertices, ...mesh.quads.map((quad) => `9 4 ${quad.join(" ")}`), "2 5 6"].join("\n"));
}

function vertexRows(mesh: TestMesh, little: boolean): Buffer[] {
  return mesh.vertices.map((v, i) => {
    const colour = mesh.colours?.[i] ?? [];
    const row = new DataView(new ArrayBuffer(16 + colour.length));
    row.setFloat64(0, v[0], little);
    row.setFloat32(8, v[1], little);
    row.setFloat32(12, v[2], little);
    colour.forEach((value, k) => {
      row.setUint8(16 + k, value);
    });
    return Buffer.from(row.buffer);
  });
}

function faceRows(mesh: TestMesh, little: boolean): Buffer[] {
  const faces = mesh.quads.map((quad) => {
    const row = new DataView(new ArrayBuffer(18));
    row.setUint8(1, 4);
    quad.forEach((corner, k) => {
      row.setInt32(2 + 4 * k, corner, little);
    });
    return Buffer.from(row.buffer);
  });
  const edge = new DataView(new ArrayBuffer(6));
  edge.setUint16(0, 2, little);
  return [...faces, Buffer.from(edge.buffer)];
}

/** Binary glTF; `edit` changes the document before it is written. */
export function writeGlb(
  mesh: TestMesh,
  edit: (document: Record<string, unknown>) => void = () => {},
): Buffer {
  const positions = Float32Array.from(mesh.vertices.flat());
  const indices = Uint16Array.from(mesh.quads.flatMap(([a, b, c, d]) => [a, b, c, a, c, d]));
  const colours = Uint8Array.from(
    (mesh.colours ?? mesh.vertices.map(() => [255, 255, 255])).flatMap((c) => [...c, 255]),
  );
  const parts = [positions, indices, colours].map((part) => padded(Buffer.from(part.buffer), 0));
  let offset = 0;
  const bufferViews = parts.map((part) => {
    const view = { buffer: 0, byteOffset: offset, byteLength: part.length };
    offset += part.length;
    return view;
  });
  const document: Record<string, unknown> = {
    asset: { version: "2.0" },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ children: [1] }, { mesh: 0 }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, COLOR_0: 2 }, indices: 1, material: 0 }] }],
    materials: [{ pbrMetallicRoughness: { baseColorFactor: [1, 1, 1, 1] } }],
    accessors: [
      { bufferView: 0, componentType: 5126, count: mesh.vertices.length, type: "VEC3" },
      { bufferView: 1, componentType: 5123, count: indices.length, type: "SCALAR" },
      { bufferView: 2, componentType: 5121, normalized: true, count: mesh.vertices.length, type: "VEC4" },
    ],
    bufferViews,
    buffers: [{ byteLength: offset }],
  };
  edit(document);
  const json = padded(Buffer.from(JSON.stringify(document)), 32);
  return glbOf(json, Buffer.concat(parts));
}

/** A GLB file of two chunks. */
export function glbOf(json: Buffer, binary: Buffer): Buffer {
  const head = Buffer.alloc(20);
  head.writeUInt32LE(0x46546c67, 0);
  head.writeUInt32LE(2, 4);
  head.writeUInt32LE(28 + json.length + binary.length, 8);
  head.writeUInt32LE(json.length, 12);
  head.writeUInt32LE(0x4e4f534a, 16);
  const between = Buffer.alloc(8);
  between.writeUInt32LE(binary.length, 0);
  between.writeUInt32LE(0x004e4942, 4);
  return Buffer.concat([head, json, between, binary]);
}

function padded(part: Buffer, fill: number): Buffer {
  return Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4, fill)]);
}
