import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MixedCase } from "./capture.ts";

/** Real scans; beside the repository, since they are not ours. */
const SCANS = fileURLToPath(new URL("../../../../shared/data/", import.meta.url));
export const OFFICE = `${SCANS}office1.pcd`;
export const GARAGE = `${SCANS}OS-0-32-U1_v2.2.0_1024x10.pcap`;
export const STREET = `${SCANS}OS-1-128_v2.3.0_1024x10_lb_n3.pcap`;

/** Scans that are not there; the campaign cannot run without them. */
export function missingScans(): string[] {
  return [OFFICE, GARAGE, STREET].filter((path) => !existsSync(path));
}

const FINE = "inas-lidar-320x240";
const COARSE = "inas-lidar-64x48";
/** Indoors near a window. */
const INDOORS = 0.02;

/** The outdoor scans reach beyond what the profile's laser lights well: they get a stronger one. */
export const CASES: readonly MixedCase[] = [
  { name: "office", profile: FINE, scene: OFFICE, light: 1, sun: INDOORS },
  { name: "office, full sun", profile: FINE, scene: OFFICE, light: 1, sun: 1 },
  { name: "office, light × 10", profile: FINE, scene: OFFICE, light: 10, sun: INDOORS },
  { name: "office, light ÷ 10", profile: FINE, scene: OFFICE, light: 0.1, sun: INDOORS },
  { name: "office, 64 × 48", profile: COARSE, scene: OFFICE, light: 1, sun: INDOORS },
  { name: "garage, light × 10", profile: FINE, scene: `${GARAGE}?yaw=-155`, light: 10, sun: INDOORS },
  { name: "street corner, light × 30", profile: FINE, scene: `${STREET}?yaw=94`, light: 30, sun: INDOORS },
  {
    name: "street with tree, light × 30",
    profile: FINE,
    scene: `${STREET}?yaw=154`,
    light: 30,
    sun: INDOORS,
  },
];
