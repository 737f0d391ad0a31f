import type { GoldenCase } from "../../hw-profiles/admission/golden/golden-case.ts";
import { goldenInput } from "../../hw-profiles/admission/golden/golden-input.ts";
import type { HardwareTarget } from "../../hw-profiles/admission/target.ts";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK } from "../../hw-profiles/interface/status.ts";
import { FirmwareError } from "./firmware-error.ts";
import { FirmwareHost } from "./firmware-host.ts";
import { LineDma } from "./line-dma.ts";
import { parameterBlock } from "./parameter-block.ts";

/** A module has no more to say of these few pixels. */
const MAX_REPORTS = 64;
const NEXT_STEP = "run it on a simulated camera to see why: cqd stream --firmware FILE";

export interface GoldenRun {
  /** FEATURE_LIDAR and FEATURE_IMAGING: the modes whose input it read out. */
  readonly modes: number;
  /** Reports of all its modes, one after the other. */
  readonly reports: Uint8Array<ArrayBuffer>;
}

/**
 * Read out the golden input with a module. It runs as long as it likes: whoever does not trust it bounds its time.
 * @throws FirmwareError for a module that is not admitted, traps, or has no mode.
 */
export function runGolden(bytes: Uint8Array<ArrayBuffer>, name: string, target?: HardwareTarget): GoldenRun {
  let modes = 0;
  const reports: Uint8Array[] = [];
  for (const input of goldenInput()) {
    const host = new FirmwareHost(bytes, name, target);
    if (host.configure(parameterBlock(input.words, input.reals)) !== STATUS_OK) continue;
    modes |= input.feature;
    reports.push(...readOut(host, input, name));
  }
  if (modes !== 0) return { modes, reports: joined(reports) };
  const found = "a module that accepts the parameters of neither a LiDAR nor an imager";
  throw new FirmwareError(name, found, "at least one mode", NEXT_STEP);
}

function readOut(host: FirmwareHost, input: GoldenCase, name: string): Uint8Array[] {
  const { heightPx, maps, planes, reads, temperatureMk, widthPx } = input;
  const dma = new LineDma({ widthPx, gates: reads, planes, maps }, host.layout(), host.memory);
  const reports: Uint8Array[] = [];
  const start = { frame: 1, temperatureMk, startCycle: 1000n, endCycle: 2000n, dropped: 0 };
  const status = host.runFrame(
    start,
    heightPx,
    MAX_REPORTS,
    (row) => dma.load(row),
    (report) => reports.push(report),
  );
  if (status === STATUS_OK) return reports;
  const found = `status ${status} from the golden input of mode ${input.name}`;
  throw new FirmwareError(name, found, `status ${STATUS_OK}`, NEXT_STEP);
}

function joined(reports: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(reports.length * REPORT_BYTES);
  reports.forEach((report, index) => {
    bytes.set(report, index * REPORT_BYTES);
  });
  return bytes;
}
