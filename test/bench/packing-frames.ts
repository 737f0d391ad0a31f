import { openCamera } from "../../host/open-camera.ts";
import { parseDataReport } from "../../host/packet/data-report.ts";
import {
  COMPONENT_RAW,
  KIND_RAW,
  PIXEL_FORMAT_LOSSLESS,
  PIXEL_FORMAT_MONO16,
} from "../../hw-profiles/interface/reports.ts";
import { sharedScan } from "../support/cqd.ts";

/** Raw codes of a frame as the device sent them without loss, and what that took. */
export interface PackedFrame {
  readonly device: string;
  readonly scene: string;
  readonly width: number;
  readonly height: number;
  /** Gates or reads. */
  readonly planes: number;
  /** K x H x W. */
  readonly codes: Uint16Array;
  /** The raw stream, heads and all. */
  readonly stream: Uint8Array;
}

const SCAN = "office1.pcd";
/** Devices of 12 and 14 bits; registers in the order in which they are written. */
const CASES: readonly { readonly profile: string; readonly registers?: Readonly<Record<string, number>> }[] =
  [
    { profile: "inas-lidar-320x240" },
    { profile: "pbs-lidar-320x240" },
    { profile: "inas-imager-320x240" },
    { profile: "st-swir-640x480" },
    { profile: "hgte-1280x1024" },
    {
      profile: "hgte-1280x1024",
      registers: { AcquisitionFrameRate: 2000, ExposureTime: 200_000_000, ReadCount: 8, ReadMode: 2 },
    },
  ];

/** One frame of the board on a scene, raw codes in a format. @throws Error unless it comes whole. */
async function takeFrame(
  { profile, registers = {} }: (typeof CASES)[number],
  scene: string,
  format: number,
): Promise<Omit<PackedFrame, "device" | "scene">> {
  const { camera } = await openCamera(`sim:${profile}`, { simulation: { threads: 0, scene } });
  const stream: Uint8Array[] = [];
  camera.onReport((bytes) => {
    const { kind, payload } = parseDataReport(bytes);
    if (kind === KIND_RAW) stream.push(payload.slice());
  });
  try {
    for (const [name, value] of Object.entries(registers)) await camera.registers.write(name, value);
    const components = await camera.registers.readNumber("ComponentEnable");
    await camera.registers.write("ComponentEnable", components | COMPONENT_RAW);
    await camera.registers.write("PixelFormat", format);
    await camera.registers.write("AcquisitionFrameCount", 1);
    for await (const frame of camera.frames({ count: 1 })) {
      const codes = frame.kind === "depth" ? frame.gatesDn : frame.readsDn;
      if (codes === undefined || !frame.integrity.complete)
        throw new Error(`${profile}: found a frame that is not whole, expected its raw codes`);
      const { height, width } = frame;
      return { width, height, planes: codes.length / (width * height), codes, stream: Buffer.concat(stream) };
    }
  } finally {
    await camera.close();
  }
  throw new Error(`${profile}: found no frame, expected one`);
}

/** Frames of real scans seen by the simulated devices. @throws Error when packing changed a single code. */
export async function packedFrames(): Promise<PackedFrame[]> {
  const scan = sharedScan(SCAN);
  if (scan === undefined)
    process.stderr.write(`found no ../shared/data/${SCAN}: the scene "room" stands in for the real scan\n`);
  const frames: PackedFrame[] = [];
  for (const work of CASES) {
    const packed = await takeFrame(work, scan ?? "room", PIXEL_FORMAT_LOSSLESS);
    const plain = await takeFrame(work, scan ?? "room", PIXEL_FORMAT_MONO16);
    if (Buffer.compare(Buffer.from(packed.codes.buffer), Buffer.from(plain.codes.buffer)) !== 0)
      throw new Error(`${work.profile}: found other codes after packing than in Mono16, expected the same`);
    frames.push({ device: work.profile, scene: scan === undefined ? "room" : SCAN, ...packed });
  }
  return frames;
}
