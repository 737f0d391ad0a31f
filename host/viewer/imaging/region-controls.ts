import type { ImagingInfo } from "../../camera/camera-info.ts";
import type { PageMessage } from "../../server/messages.ts";
import { button, element } from "../panel/element.ts";

/** Field of the page, register of the device, and where the device's answer stands. */
const NUMBERS = [
  ["region-x", "OffsetX", (info: ImagingInfo) => info.offsetX],
  ["region-y", "OffsetY", (info: ImagingInfo) => info.offsetY],
  ["region-width", "Width", (info: ImagingInfo) => info.widthPx],
  ["region-height", "Height", (info: ImagingInfo) => info.heightPx],
  ["region-reads", "ReadCount", (info: ImagingInfo) => Math.max(3, info.reads)],
] as const;

const CHOICES = [
  ["region-binning", ["BinningHorizontal", "BinningVertical"], (info: ImagingInfo) => info.binningX],
  [
    "region-decimation",
    ["DecimationHorizontal", "DecimationVertical"],
    (info: ImagingInfo) => info.decimationX,
  ],
  ["region-mode", ["ReadMode"], (info: ImagingInfo) => ["single", "cds", "ramp"].indexOf(info.readMode)],
  [
    "region-shutter",
    ["SensorShutterMode"],
    (info: ImagingInfo) => ["rolling", "global", "global-reset"].indexOf(info.shutter),
  ],
] as const;

/** Region, binning, decimation, reads and shutter: the device takes them between acquisitions, all at once. */
export class RegionControls {
  private info: ImagingInfo | undefined;

  constructor(send: (message: PageMessage) => void) {
    button("region-apply", () => send({ type: "configure", registers: this.registers() }));
    button("region-whole", () => {
      this.fillWhole();
      send({ type: "configure", registers: this.registers() });
    });
  }

  /** Show what the device is set to. */
  show(info: ImagingInfo): void {
    this.info = info;
    for (const [id, , shown] of NUMBERS) number(id).value = String(shown(info));
    for (const [id, , shown] of CHOICES) choice(id).value = String(shown(info));
  }

  /** Take a rectangle of the present image, output pixels. */
  choose(left: number, top: number, width: number, height: number): void {
    if (!this.info) return;
    number("region-x").value = String(this.info.offsetX + left);
    number("region-y").value = String(this.info.offsetY + top);
    number("region-width").value = String(width);
    number("region-height").value = String(height);
  }

  private registers(): Record<string, number> {
    const registers: Record<string, number> = {};
    for (const [id, name] of NUMBERS) registers[name] = Math.round(number(id).valueAsNumber) || 0;
    for (const [id, names] of CHOICES) for (const name of names) registers[name] = Number(choice(id).value);
    // What the device is set to goes on where the new region allows it.
    if (this.info) {
      registers["AcquisitionFrameRate"] = Math.round(this.info.frameRateHz * 1000);
      registers["ExposureTime"] = Math.round(this.info.exposureNs);
      registers["Gain"] = this.info.gain;
    }
    return registers;
  }

  private fillWhole(): void {
    if (!this.info) return;
    const step = Number(choice("region-binning").value) * Number(choice("region-decimation").value);
    number("region-x").value = "0";
    number("region-y").value = "0";
    number("region-width").value = String(Math.floor(this.info.sensorWidthPx / step));
    number("region-height").value = String(Math.floor(this.info.sensorHeightPx / step));
  }
}

function number(id: string): HTMLInputElement {
  return element(id, HTMLInputElement);
}

function choice(id: string): HTMLSelectElement {
  return element(id, HTMLSelectElement);
}
