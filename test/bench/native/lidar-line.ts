import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import { sealParameterBlock } from "../../firmware/support/parameter-block.ts";
import type { ReferenceRow } from "../../reference/firmware/frame.ts";
import { type BenchFixture, sceneRow } from "../fixture.ts";

/** A line of gate samples and what the readout logic must know of it. */
export interface LidarLine {
  readonly widthPx: number;
  readonly gates: number;
  readonly block: Uint8Array;
  readonly row: ReferenceRow;
}

/** `rows` rows of the bench's scene as one line of so much wider a sensor. */
export function lidarLine({ band, block, profile }: BenchFixture, rows: number): LidarLine {
  const widthPx = rows * profile.array.widthPx;
  const wide = block.slice();
  new DataView(wide.buffer).setUint32(Blocks.PARAM_WIDTH, widthPx, true);
  sealParameterBlock(wide);
  return { widthPx, gates: band.kernels.gates, block: wide, row: sceneRow(profile, band, rows) };
}
