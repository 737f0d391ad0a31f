import { SceneError } from "../scene-error.ts";
import type { Datagram } from "./datagrams.ts";
import type { OusterMetadata } from "./metadata.ts";
import { columnBytes, packetBytes } from "./packet-layout.ts";

/** One turn of the sensor, rows moved so that columns are upright; row-major. */
export interface Scan {
  readonly rows: number;
  readonly columns: number;
  /** m; 0 = no return. */
  readonly rangeM: Float32Array;
  /** As the sensor gives it: 0..100 % linear, above that retroreflectors on a logarithmic scale. */
  readonly reflectivity: Float32Array;
  /** Measurement of each pixel before its row was moved: tells the angle of the encoder. */
  readonly measurement: Uint16Array;
}

/**
 * The scans of a capture by their frame numbers, in order of arrival. Columns that are lost or marked invalid have no returns.
 * Throws SceneError when there is none, or packets are not those of the metadata.
 */
export function readScans(scene: string, metadata: OusterMetadata, datagrams: readonly Datagram[]): Scan[] {
  const { columnsPerPacket, layout, lidarPort, rows } = metadata;
  const expected = packetBytes(layout, rows, columnsPerPacket);
  const scans = new Map<number, Scan>();
  for (const { destinationPort, payload } of datagrams) {
    if (lidarPort !== undefined && destinationPort !== lidarPort) continue;
    if (payload.length !== expected) {
      if (lidarPort === undefined) continue;
      throw wrongSize(scene, metadata, payload.length, expected);
    }
    takePacket(metadata, payload, scans);
  }
  if (scans.size > 0) return [...scans.values()];
  throw new SceneError({
    scene,
    found: `no lidar packet among ${datagrams.length} datagrams`,
    expected: `datagrams of ${expected} bytes${lidarPort === undefined ? "" : ` for port ${lidarPort}`}`,
    whatToDo: "Check that capture and metadata are of the same sensor.",
  });
}

function wrongSize(scene: string, metadata: OusterMetadata, found: number, expected: number): SceneError {
  return new SceneError({
    scene,
    found: `a lidar packet of ${found} bytes`,
    expected: `${expected} bytes: profile ${metadata.profile}, ${metadata.rows} rows, ${metadata.columnsPerPacket} columns a packet`,
    whatToDo: "Check that the metadata belong to the capture (udp_profile_lidar).",
  });
}

function takePacket(metadata: OusterMetadata, packet: Uint8Array, scans: Map<number, Scan>): void {
  const { columnsPerFrame, columnsPerPacket, layout, rows } = metadata;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  const size = columnBytes(layout, rows);
  for (let i = 0; i < columnsPerPacket; i++) {
    const at = layout.packetHeaderBytes + i * size;
    const measurement = view.getUint16(at + 8, true);
    const isValid = layout.hasLegacyStatus
      ? view.getUint32(at + size - 4, true) === 0xffffffff
      : (view.getUint16(at + 10, true) & 1) === 1;
    if (!isValid || measurement >= columnsPerFrame) continue;
    const frame = view.getUint16((layout.hasFrameIdInColumn ? at : 0) + layout.frameIdAt, true);
    takeColumn(metadata, view, at + layout.columnHeaderBytes, measurement, scanOf(metadata, frame, scans));
  }
}

function scanOf(
  { columnsPerFrame, rows, shiftByRow }: OusterMetadata,
  frame: number,
  scans: Map<number, Scan>,
): Scan {
  const known = scans.get(frame);
  if (known !== undefined) return known;
  const pixels = rows * columnsPerFrame;
  const scan: Scan = {
    rows,
    columns: columnsPerFrame,
    rangeM: new Float32Array(pixels),
    reflectivity: new Float32Array(pixels),
    measurement: Uint16Array.from({ length: pixels }, (_, i) =>
      modulo((i % columnsPerFrame) - shiftByRow[Math.floor(i / columnsPerFrame)]!, columnsPerFrame),
    ),
  };
  scans.set(frame, scan);
  return scan;
}

function takeColumn(
  { columnsPerFrame, layout, rows, shiftByRow }: OusterMetadata,
  view: DataView,
  firstPixel: number,
  measurement: number,
  scan: Scan,
): void {
  for (let row = 0; row < rows; row++) {
    const at = firstPixel + row * layout.pixelBytes;
    const word = layout.rangeBytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
    const pixel = row * columnsPerFrame + modulo(measurement + shiftByRow[row]!, columnsPerFrame);
    scan.rangeM[pixel] = (word & layout.rangeMask) * layout.rangeUnitM;
    const reflectivityAt = at + layout.reflectivityAt;
    scan.reflectivity[pixel] =
      layout.reflectivityBytes === 1 ? view.getUint8(reflectivityAt) : view.getUint16(reflectivityAt, true);
  }
}

function modulo(value: number, period: number): number {
  return ((value % period) + period) % period;
}
