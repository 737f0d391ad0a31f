import type { Camera } from "../../camera/camera.ts";
import type { CameraInfo, ImagingInfo } from "../../camera/camera-info.ts";
import { problemOf, readIfThere } from "../panel/device-request.ts";
import { element } from "../panel/element.ts";

/** Register SimLight counts in millionths of the scene's light. */
const LIGHT_LSB = 1e-6;
const NS_PER_US = 1000;

interface Control {
  readonly register: string;
  readonly slider: HTMLInputElement;
  readonly output: HTMLOutputElement;
  /** Slider positions are logarithms. */
  readonly isLog: boolean;
  /** Register value of a shown value. */
  readonly toRegister: (value: number) => number;
  readonly text: (value: number) => string;
}

/** Exposure time, gain and frame rate; on a simulated board also the scene's light. */
export class ExposureControls {
  private readonly camera: () => Camera | undefined;
  private readonly infoChanged: (info: CameraInfo) => void;
  private readonly report: (problem: string | undefined) => void;
  private readonly exposure = control("exposure", "ExposureTime", true, (us) => us * NS_PER_US, timeText);
  private readonly gain = control(
    "gain",
    "Gain",
    false,
    (gain) => gain,
    (gain) => `${gain.toFixed(1)} ×`,
  );
  private readonly rate = control("rate", "AcquisitionFrameRate", true, (hz) => hz * 1000, rateText);
  private readonly light = control("light", "SimLight", false, (light) => light / LIGHT_LSB, lightText);

  constructor(
    camera: () => Camera | undefined,
    infoChanged: (info: CameraInfo) => void,
    report: (problem: string | undefined) => void,
  ) {
    this.camera = camera;
    this.infoChanged = infoChanged;
    this.report = report;
    for (const each of [this.exposure, this.gain, this.rate, this.light]) {
      each.slider.addEventListener("input", () => tell(each, chosen(each)));
      each.slider.addEventListener("change", () => void this.write(each));
    }
  }

  /** Show what the device is set to. */
  async show(camera: Camera, info: ImagingInfo): Promise<void> {
    const longestUs = (info.minFrameTimeNs * 4) / NS_PER_US;
    limit(this.exposure, info.rowTimeNs / NS_PER_US, Math.max(longestUs, info.exposureNs / NS_PER_US));
    limit(this.gain, 1, 16);
    limit(this.rate, Math.min(1, info.frameRateHz), 1e9 / info.minFrameTimeNs);
    limit(this.light, 0, 2);
    put(this.exposure, info.exposureNs / NS_PER_US);
    put(this.gain, info.gain);
    put(this.rate, info.frameRateHz);
    const light = await readIfThere(camera, "SimLight");
    for (const node of [this.light.slider, this.light.output, this.light.slider.previousElementSibling])
      if (node instanceof HTMLElement) node.hidden = light === undefined;
    if (light !== undefined) put(this.light, light * LIGHT_LSB);
  }

  private async write(changed: Control): Promise<void> {
    const camera = this.camera();
    if (!camera) return;
    const writing = camera.registers.write(changed.register, changed.toRegister(chosen(changed)));
    const refused = await problemOf(writing);
    const problem = (await problemOf(this.showAnew(camera))) ?? refused;
    // Of a device that was closed meanwhile nobody asks.
    if (camera === this.camera()) this.report(problem);
  }

  /** The device realises the nearest value that its clock allows, and one setting limits another. */
  private async showAnew(camera: Camera): Promise<void> {
    const info = await camera.info();
    if (camera !== this.camera()) return;
    this.infoChanged(info);
    if (info.mode === "imaging") await this.show(camera, info);
  }
}

function control(
  id: string,
  register: string,
  isLog: boolean,
  toRegister: (value: number) => number,
  text: (value: number) => string,
): Control {
  const slider = element(id, HTMLInputElement);
  const output = element(`${id}-value`, HTMLOutputElement);
  const isReal = register === "Gain";
  return {
    register,
    slider,
    output,
    isLog,
    toRegister: (value) => (isReal ? toRegister(value) : Math.round(toRegister(value))),
    text,
  };
}

function limit({ slider, isLog }: Control, min: number, max: number): void {
  slider.min = String(isLog ? Math.log(min) : min);
  slider.max = String(isLog ? Math.log(max) : max);
  slider.step = "any";
}

function chosen({ slider, isLog }: Control): number {
  return isLog ? Math.exp(slider.valueAsNumber) : slider.valueAsNumber;
}

function put(changed: Control, value: number): void {
  changed.slider.value = String(changed.isLog ? Math.log(value) : value);
  tell(changed, value);
}

function tell({ slider, output, text }: Control, value: number): void {
  output.textContent = text(value);
  slider.setAttribute("aria-valuetext", text(value));
}

function timeText(us: number): string {
  return us >= 1000 ? `${(us / 1000).toFixed(3)} ms` : `${us.toFixed(1)} µs`;
}

function rateText(hz: number): string {
  return `${hz.toFixed(2)} fps`;
}

function lightText(factor: number): string {
  return factor === 0 ? "dark" : `${Math.round(factor * 100)} %`;
}
