import type { CameraStatistics } from "../../camera/camera-options.ts";
import type { CameraFrame } from "../../camera/frame.ts";
import { element, make } from "./element.ts";

const ITEMS = [
  "Received",
  "Device",
  "Latency",
  "Lost",
  "Late",
  "Corrupted",
  "Dropped",
  "Skipped",
  "Chip",
  "Points",
  "Pages",
] as const;

type Item = (typeof ITEMS)[number];

const ALARMS: ReadonlySet<Item> = new Set(["Lost", "Late", "Corrupted", "Dropped"]);

const HINTS: Readonly<Record<Item, string>> = {
  Received: "Frames that this page shows per second of wall time",
  Device: "Frame rate of the hardware, by its own clock",
  Latency: "From the frame's last report leaving the device to the screen",
  Lost: "Reports that never arrived",
  Late: "Reports that arrived after their frame had been handed out",
  Corrupted: "Reports whose checksum or content is wrong",
  Dropped: "Whole frames that the device dropped for want of credit",
  Skipped: "Whole frames that the server kept from this page because it was slow",
  Chip: "Temperature of the chip",
  Points: "Points drawn, of the points of this frame",
  Pages: "Pages that watch this device",
};

export interface StatusValues {
  readonly receivedFps: number;
  readonly deviceFps: number | undefined;
  readonly latencyMs: number | undefined;
  readonly statistics: (CameraStatistics & { readonly skippedFrames: number }) | undefined;
  readonly frame: CameraFrame | undefined;
  readonly shownPoints: number;
  readonly points: number;
  readonly pages: number;
}

/** Footer: what arrives, how fast, and what went wrong on the way. */
export class StatusBar {
  private readonly items = new Map<Item, HTMLElement>();

  constructor() {
    const bar = element("status", HTMLElement);
    for (const item of ITEMS) {
      const value = make("b", "–");
      const span = make("span", `${item} `);
      span.title = HINTS[item];
      span.append(value);
      bar.append(span);
      this.items.set(item, value);
    }
  }

  show(values: StatusValues): void {
    const { statistics, frame, deviceFps, latencyMs } = values;
    this.put("Received", `${values.receivedFps.toFixed(1)} fps`);
    this.put("Device", deviceFps === undefined ? "–" : `${deviceFps.toFixed(2)} fps`);
    this.put("Latency", latencyMs === undefined ? "–" : `${Math.max(0, latencyMs).toFixed(0)} ms`);
    this.put("Lost", statistics?.lostReports);
    this.put("Late", statistics?.lateReports);
    this.put("Corrupted", statistics?.corruptedReports);
    this.put("Dropped", statistics?.droppedFrames);
    this.put("Skipped", statistics?.skippedFrames);
    this.put("Chip", frame ? `${frame.temperatureC.toFixed(1)} °C` : "–");
    this.put("Points", pointsText(values.shownPoints, values.points));
    this.hide("Points", frame?.kind === "image");
    this.put("Pages", values.pages);
  }

  private hide(item: Item, isHidden: boolean): void {
    const span = this.items.get(item)?.parentElement;
    if (span) span.hidden = isHidden;
  }

  private put(item: Item, value: string | number | undefined): void {
    const target = this.items.get(item);
    if (!target) return;
    target.textContent = typeof value === "number" ? value.toLocaleString("en-US") : (value ?? "–");
    target.parentElement?.classList.toggle(
      "alarm",
      ALARMS.has(item) && typeof value === "number" && value > 0,
    );
  }
}

function pointsText(shown: number, points: number): string {
  const all = points.toLocaleString("en-US");
  return shown < points ? `${shown.toLocaleString("en-US")} of ${all}` : all;
}
