import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { udpDatagrams } from "../../../../sim/scene/ouster/datagrams.ts";
import { parseMetadata } from "../../../../sim/scene/ouster/metadata.ts";
import { metadataPaths } from "../../../../sim/scene/ouster/open-ouster.ts";
import { readPcap } from "../../../../sim/scene/ouster/pcap.ts";
import { readScans } from "../../../../sim/scene/ouster/scan.ts";
import { GARAGE, STREET } from "../../../tools/mixed/cases.ts";
import { open, pinhole, traced } from "../support.ts";

const absent = [GARAGE, STREET].filter((path) => !existsSync(path));
if (absent.length > 0) process.stderr.write(`skipped: no real scans at ${absent.join(", ")}\n`);

function scansOf(path: string) {
  const meta = metadataPaths(path).find((candidate) => existsSync(candidate))!;
  const metadata = parseMetadata(meta, readFileSync(meta, "utf8"));
  return readScans(path, metadata, udpDatagrams(path, readPcap(path, readFileSync(path))));
}

describe.skipIf(absent.length > 0)("real scans", () => {
  it.each([
    [GARAGE, 32, 1, 0.66],
    [STREET, 128, 3, 0.82],
  ])("%s: %i rows, %i frames, the known share of returns", (path, rows, frames, valid) => {
    const scans = scansOf(path);
    expect(scans).toHaveLength(frames);
    for (const { columns, rangeM, rows: found } of scans) {
      expect([found, columns]).toEqual([rows, 1024]);
      expect(rangeM.filter((range) => range > 0).length / rangeM.length).toBeCloseTo(valid, 2);
    }
  });

  it("rows that were moved fit together: neighbours above each other differ little", () => {
    const { columns, rangeM, rows } = scansOf(STREET)[0]!;
    let [close, pairs] = [0, 0];
    for (let at = 0; at < (rows - 1) * columns; at++) {
      const [a, b] = [rangeM[at]!, rangeM[at + columns]!];
      if (a === 0 || b === 0) continue;
      pairs++;
      if (Math.abs(a - b) < 0.1 * a) close++;
    }
    expect(close / pairs).toBeGreaterThan(0.85);
  });

  it("a street as a scene: ground below, at the sensor's height over it", async () => {
    const scene = await open(`${STREET}?yaw=94`);
    const rays = pinhole({ columns: 32, rows: 24, focalPx: 27, raysPerSide: 2 });
    const { rangeM } = traced(scene, rays);
    const hit = rangeM.filter((range) => range > 0).length / rangeM.length;
    expect(hit).toBeGreaterThan(0.8);
    const heights: number[] = [];
    for (let i = 22 * 32 * 4; i < rangeM.length; i++)
      if (rangeM[i]! > 0) heights.push(rangeM[i]! * rays.directions[3 * i + 1]!);
    heights.sort((a, b) => a - b);
    const middle = heights[heights.length >> 1]!;
    expect(middle).toBeGreaterThan(1);
    expect(middle).toBeLessThan(4);
    expect(
      heights[Math.floor(0.8 * heights.length)]! - heights[Math.floor(0.2 * heights.length)]!,
    ).toBeLessThan(0.3);
  });
});
