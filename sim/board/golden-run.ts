import type { GoldenCase } from "../../hw-profiles/admission/golden/golden-case.ts";
import { goldenInput } from "../../hw-profiles/admission/golden/golden-input.ts";
import { REPORT_BYTES } from "../../hw-profiles/interface/reports.ts";
import { STATUS_OK, STATUS_TRAP } from "../../hw-profiles/interface/status.ts";
import type { RunLimits } from "./firmware-check.ts";
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

/** A module did not get through the golden input. */
export class GoldenFailure extends FirmwareError {
  readonly kind: "trap" | "fuel" | "status";

  constructor(name: string, kind: GoldenFailure["kind"], found: string) {
    super(name, `${found} from the golden input`, `status ${STATUS_OK}`, NEXT_STEP);
    this.kind = kind;
  }
}

/**
 * Read out the golden input with a module. Without a limit of fuel it runs as long as it likes.
 * @throws GoldenFailure for a module that traps, takes all its fuel or fails; FirmwareError for one that is not admitted or
 * has no mode.
 */
export function runGolden(bytes: Uint8Array<ArrayBuffer>, name: string, limits: RunLimits = {}): GoldenRun {
  let modes = 0;
  const reports: Uint8Array[] = [];
  for (const input of goldenInput()) {
    const host = new FirmwareHost(bytes, name, limits);
    const status = host.configure(parameterBlock(input.words, input.reals));
    if (status === STATUS_TRAP) throw failure(host, input, name, status);
    if (status !== STATUS_OK) continue;
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
  throw failure(host, input, name, status);
}

function failure(host: FirmwareHost, input: GoldenCase, name: string, status: number): GoldenFailure {
  if (host.isExhausted) return new GoldenFailure(name, "fuel", `no fuel left in mode ${input.name}`);
  const kind = status === STATUS_TRAP ? "trap" : "status";
  return new GoldenFailure(name, kind, `status ${status} in mode ${input.name}`);
}

function joined(reports: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(reports.length * REPORT_BYTES);
  reports.forEach((report, index) => {
    bytes.set(report, index * REPORT_BYTES);
  });
  return bytes;
}
