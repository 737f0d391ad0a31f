import type { DepthModel } from "../state/frame-model.ts";

const VERTEX_BYTES = 3 * 4 + 4 + 4 + 4 + 1;

/**
 * The points of a frame as binary little-endian PLY: x, y, z in metres in the camera frame (x right, y down,
 * z forward), sigma_m, amplitude_e, ambient_e, flags. Pixels without range are left out.
 */
export function toPly(model: DepthModel): Uint8Array<ArrayBuffer> {
  const { frame, points, valid } = model;
  const header = new TextEncoder().encode(plyHeader(model));
  const bytes = new Uint8Array(header.length + model.validCount * VERTEX_BYTES);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  for (let pixel = 0; pixel < valid.length; pixel++) {
    if (valid[pixel] === 0) continue;
    view.setFloat32(at, points[3 * pixel]!, true);
    view.setFloat32(at + 4, points[3 * pixel + 1]!, true);
    view.setFloat32(at + 8, points[3 * pixel + 2]!, true);
    view.setFloat32(at + 12, frame.sigmaM[pixel]!, true);
    view.setFloat32(at + 16, frame.amplitudeE[pixel]!, true);
    view.setFloat32(at + 20, frame.ambientE[pixel]!, true);
    view.setUint8(at + 24, frame.flags[pixel]!);
    at += VERTEX_BYTES;
  }
  return bytes;
}

function plyHeader({ frame, validCount }: DepthModel): string {
  return [
    "ply",
    "format binary_little_endian 1.0",
    `comment cqd-readout frame ${frame.frameNumber} at ${frame.timeNs} ns of device time`,
    "comment camera frame in metres: x right, y down, z forward",
    `element vertex ${validCount}`,
    "property float x",
    "property float y",
    "property float z",
    "property float sigma_m",
    "property float amplitude_e",
    "property float ambient_e",
    "property uchar flags",
    "end_header\n",
  ].join("\n");
}
