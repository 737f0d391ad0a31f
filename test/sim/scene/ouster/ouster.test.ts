import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { udpDatagrams } from "../../../../sim/scene/ouster/datagrams.ts";
import { parseMetadata } from "../../../../sim/scene/ouster/metadata.ts";
import { metadataPaths } from "../../../../sim/scene/ouster/open-ouster.ts";
import { PACKET_LAYOUTS } from "../../../../sim/scene/ouster/packet-layout.ts";
import { readPcap } from "../../../../sim/scene/ouster/pcap.ts";
import { readScans } from "../../../../sim/scene/ouster/scan.ts";
import { SceneError } from "../../../../sim/scene/scene-error.ts";
import { open, single, traced } from "../support.ts";
import { COLUMNS, ipPackets, metadata, packets, pcapOf, type Return, ROWS } from "./ouster-files.ts";

const PROFILES = [...PACKET_LAYOUTS.keys()];
const MODERN = "RNG19_RFL8_SIG16_NIR16";

/** Different everywhere, and whole in units of 8 mm. */
const PATTERN: Return = (row, measurement) => ({
  rangeM: 0.008 * (500 + row * COLUMNS + measurement),
  reflectivity: (row * 31 + measurement) % 101,
});

function scansOf(profile: string, pcap: Uint8Array) {
  const parsed = parseMetadata("meta", JSON.stringify(metadata(profile)));
  return readScans("scan", parsed, udpDatagrams("scan", readPcap("scan", pcap)));
}

function ips(profile: string, of: Return = PATTERN, mtu?: number): Uint8Array[] {
  return packets(profile, of).flatMap((packet, i) => ipPackets(packet, i, mtu));
}

function faultOf(act: () => unknown): SceneError {
  try {
    act();
  } catch (error) {
    if (error instanceof SceneError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe.each(PROFILES)("profile %s", (profile) => {
  it("gives every range and reflectivity, rows moved so that columns are upright", () => {
    const [scan] = scansOf(profile, pcapOf(ips(profile)));
    for (let row = 0; row < ROWS; row++)
      for (let column = 0; column < COLUMNS; column++) {
        const measurement = (column - (row % 2 === 0 ? 2 : -2) + COLUMNS) % COLUMNS;
        const expected = PATTERN(row, measurement);
        const at = row * COLUMNS + column;
        expect(scan!.measurement[at]).toBe(measurement);
        expect(scan!.rangeM[at]).toBeCloseTo(expected.rangeM, 5);
        expect(scan!.reflectivity[at]).toBe(expected.reflectivity);
      }
  });
});

describe("captures", () => {
  const plain = scansOf(MODERN, pcapOf(ips(MODERN)));

  it("fragments, VLAN tags, raw IP, Linux cooked, other byte order: the same scan", () => {
    const fragments = ips(MODERN, PATTERN, 600);
    expect(fragments.length).toBeGreaterThan(2 * ips(MODERN).length);
    expect(scansOf(MODERN, pcapOf(fragments))).toEqual(plain);
    expect(scansOf(MODERN, pcapOf([...fragments].reverse()))).toEqual(plain);
    expect(scansOf(MODERN, pcapOf(ips(MODERN), { vlan: true }))).toEqual(plain);
    expect(scansOf(MODERN, pcapOf(ips(MODERN), { linkType: 101 }))).toEqual(plain);
    expect(scansOf(MODERN, pcapOf(ips(MODERN), { linkType: 113 }))).toEqual(plain);
    expect(scansOf(MODERN, pcapOf(ips(MODERN), { bigEndian: true }))).toEqual(plain);
  });

  it("packets of other ports and protocols are passed over; lost packets are holes", () => {
    const other = ipPackets(new Uint8Array(48), 1000, undefined, 7503);
    const tcp = ipPackets(new Uint8Array(48), 1001);
    tcp[0]![9] = 6;
    expect(scansOf(MODERN, pcapOf([...other, ...tcp, ...ips(MODERN)]))).toEqual(plain);
    const [holed] = scansOf(MODERN, pcapOf(ips(MODERN).slice(1)));
    expect(holed!.rangeM.filter((rangeM) => rangeM === 0)).toHaveLength(16 * ROWS);
  });

  it("several scans are told by their frame numbers", () => {
    const two = [7, 8].flatMap((frame) => packets(MODERN, PATTERN, frame));
    expect(scansOf(MODERN, pcapOf(two.flatMap((packet, i) => ipPackets(packet, i))))).toHaveLength(2);
  });
});

describe("files that are wrong", () => {
  const whole = pcapOf(ips(MODERN));

  it("a truncated capture, a cut packet, pcapng and anything else", () => {
    expect(faultOf(() => readPcap("f", whole.subarray(0, 1000))).message).toMatch(
      /then the end of the file; expected whole/,
    );
    expect(faultOf(() => readPcap("f", whole.subarray(0, 30))).message).toMatch(
      /6 bytes of a record's header of packet 0/,
    );
    const cut = whole.slice();
    new DataView(cut.buffer).setUint32(24 + 12, 9000, true);
    expect(faultOf(() => readPcap("f", cut)).message).toMatch(/of the 9000 bytes of packet 0.*tcpdump -s 0/);
    const next = Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a, ...new Array<number>(30).fill(0));
    expect(faultOf(() => readPcap("f", next)).message).toMatch(/found a pcapng file.*editcap/);
    expect(faultOf(() => readPcap("f", new Uint8Array(5))).message).toMatch(/found 5 bytes/);
  });

  it("another link type", () => {
    const odd = whole.slice();
    new DataView(odd.buffer).setUint32(20, 105, true);
    expect(faultOf(() => udpDatagrams("f", readPcap("f", odd))).message).toMatch(
      /found link type 105; expected one of 1,/,
    );
  });

  it("metadata of another profile: both sizes are named", () => {
    const fault = faultOf(() => scansOf("RNG19_RFL8_SIG16_NIR16_DUAL", whole));
    expect(fault.message).toMatch(
      /a lidar packet of \d+ bytes; expected \d+ bytes: profile RNG19_RFL8_SIG16_NIR16_DUAL/,
    );
  });

  it("no lidar packet at all", () => {
    const none = pcapOf(ipPackets(new Uint8Array(48), 1, undefined, 9));
    expect(faultOf(() => scansOf(MODERN, none)).message).toMatch(/no lidar packet among 1 datagrams/);
  });

  it.each([
    ["{", /found "\{".*JSON object/],
    [
      JSON.stringify({ ...metadata(MODERN), beam_altitude_angles: [1, 2] }),
      /beam_altitude_angles: 8 numbers/,
    ],
    [JSON.stringify(metadata("RNG99")), /udp_profile_lidar: "\\?"RNG99.*one of LEGACY/],
    [JSON.stringify({ udp_profile_lidar: MODERN }), /found no pixels_per_column/],
  ])("metadata %#", (text, message) => {
    expect(faultOf(() => parseMetadata("m", text)).message).toMatch(message);
  });

  it("changed bytes are a scan or an error with a text, never anything else", () => {
    const parsed = parseMetadata("meta", JSON.stringify(metadata(MODERN)));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        fc.nat(whole.length),
        (changes, length) => {
          const bytes = whole.slice(0, length % 7 === 0 ? length : whole.length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          try {
            readScans("f", parsed, udpDatagrams("f", readPcap("f", bytes)));
          } catch (error) {
            expect(error).toBeInstanceOf(SceneError);
          }
        },
      ),
      { seed: 20261121, numRuns: 200 },
    );
  });
});

describe("the scene", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "cqd-ouster-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A cylinder of 5 m around the sensor; from its x axis to 30 degrees right of it a nearer one of 3 m. */
  function openScan(name: string, settings = "") {
    const of: Return = (row, measurement) => {
      const azimuthDeg = (360 * measurement) / COLUMNS - 180 + (row % 2 === 0 ? 2.8125 : -2.8125);
      const isNear = azimuthDeg >= 0 && azimuthDeg < 30;
      return { rangeM: isNear ? 3 : 5, reflectivity: isNear ? 80 : 20 };
    };
    writeFileSync(join(folder, `${name}.pcap`), pcapOf(ips(MODERN, of)));
    return open(`${join(folder, name)}.pcap${settings}`);
  }
  function ray(azimuthDeg: number, altitudeDeg = 0): [number, number, number] {
    const [a, e] = [(azimuthDeg * Math.PI) / 180, (altitudeDeg * Math.PI) / 180];
    return [Math.sin(a) * Math.cos(e), -Math.sin(e), Math.cos(a) * Math.cos(e)];
  }

  it("finds its metadata beside it, stands where the sensor stood, looks along its x axis", async () => {
    writeFileSync(join(folder, "one.json"), JSON.stringify(metadata(MODERN)));
    const scene = await openScan("one_more_capture");
    const rays = single(ray(15), ray(15, 4), ray(-15), ray(45), ray(170), ray(0, 30));
    const { rangeM, signalRho } = traced(scene, rays);
    const expected = [3, 3, 5, 5, 5, 0];
    // The triangles' chords lie a little nearer: 5 m (1 - cos(0.7 deg)) = 0.4 mm, and the beams begin 20 mm off the axis.
    expected.forEach((value, i) => {
      expect(Math.abs(rangeM[i]! - value)).toBeLessThan(0.004);
    });
    expect(signalRho[0]).toBeCloseTo(0.8, 2);
    expect(signalRho[2]).toBeCloseTo(0.2, 2);
  });

  it("surfaces end half-way between the beams of either side, without a hole", async () => {
    const scene = await openScan("one_edge");
    const step = 360 / COLUMNS;
    const around = Array.from({ length: 41 }, (_, i) => -step + (i * step) / 20);
    const { rangeM } = traced(scene, single(...around.map((azimuthDeg) => ray(azimuthDeg))));
    const ranges = Array.from(rangeM, (value) => Math.round(value));
    expect(new Set(ranges)).toEqual(new Set([3, 5]));
    const edge = around[ranges.indexOf(3)]!;
    expect(ranges.slice(ranges.indexOf(3)).every((value) => value === 3)).toBe(true);
    // Beams stand at multiples of the step; the first near one at 0.
    expect(Math.abs(edge + step / 2)).toBeLessThan(step / 9);
  });

  it("yaw turns it to the right", async () => {
    const scene = await openScan("one_turned", "?yaw=90");
    const { rangeM } = traced(scene, single(ray(-75), ray(-45)));
    expect(rangeM[0]).toBeCloseTo(3, 2);
    expect(rangeM[1]).toBeCloseTo(5, 2);
  });

  it("says what is missing or not there", async () => {
    await expect(openScan("orphan")).rejects.toThrow(
      /no metadata beside the capture; expected a file ".*orphan.json"|metadata/,
    );
    await expect(openScan("one_b", "?frame=1")).rejects.toThrow(
      /found frame=1; expected an integer from 0 to 0/,
    );
    await expect(openScan("one_c", "?up=z")).rejects.toThrow(/the setting "up"/);
    expect(metadataPaths("/d/a_b_c.pcap")).toEqual(["/d/a_b_c.json", "/d/a_b.json", "/d/a.json"]);
  });
});
