import type { Camera } from "../../camera/camera.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import { problemOf, readIfThere } from "./device-request.ts";
import { element } from "./element.ts";

/** Choices of PulsesPerGate: 1, 2, 5 steps. */
const PULSE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500, 700, 1000, 1500, 2000, 3000, 5000];
/** Register SimAmbient counts in millionths of full sun. */
const AMBIENT_LSB = 1e-6;

/** Exposure and, on a simulated board, the sunlight on the scene. */
export class DevicePanel {
  private readonly model = element("device-model", HTMLElement);
  private readonly serial = element("device-serial", HTMLElement);
  private readonly firmware = element("device-firmware", HTMLElement);
  private readonly pulses = element("pulses", HTMLInputElement);
  private readonly pulsesValue = element("pulses-value", HTMLOutputElement);
  private readonly ambient = element("ambient", HTMLInputElement);
  private readonly ambientValue = element("ambient-value", HTMLOutputElement);
  private readonly camera: () => Camera | undefined;
  private readonly report: (problem: string | undefined) => void;
  private readonly infoChanged: (info: CameraInfo) => void;

  constructor(
    camera: () => Camera | undefined,
    infoChanged: (info: CameraInfo) => void,
    report: (problem: string | undefined) => void,
  ) {
    this.camera = camera;
    this.infoChanged = infoChanged;
    this.report = report;
    this.pulses.max = String(PULSE_STEPS.length - 1);
    this.pulses.step = "1";
    this.pulses.addEventListener("input", () => this.showPulses(this.chosenPulses));
    this.pulses.addEventListener("change", () => void this.write("PulsesPerGate", this.chosenPulses));
    this.ambient.addEventListener("input", () => this.showAmbient(this.ambient.valueAsNumber));
    this.ambient.addEventListener("change", () => {
      void this.write("SimAmbient", Math.round(this.ambient.valueAsNumber / AMBIENT_LSB));
    });
  }

  /** Show what the device is set to. */
  async show(camera: Camera, info: CameraInfo): Promise<void> {
    this.model.textContent = info.model;
    this.serial.textContent = info.serialNumber;
    this.firmware.textContent = info.firmwareVersion;
    if (info.mode === "lidar") {
      this.pulses.value = String(nearestStep(info.pulsesPerGate));
      this.showPulses(info.pulsesPerGate);
    }
    const ambient = await readIfThere(camera, "SimAmbient");
    for (const node of [this.ambient, this.ambientValue, this.ambient.previousElementSibling]) {
      if (node instanceof HTMLElement) node.hidden = ambient === undefined;
    }
    if (ambient === undefined) return;
    this.ambient.value = String(ambient * AMBIENT_LSB);
    this.showAmbient(ambient * AMBIENT_LSB);
  }

  private get chosenPulses(): number {
    return PULSE_STEPS[Math.round(this.pulses.valueAsNumber)] ?? 1;
  }

  private showPulses(pulses: number): void {
    this.pulsesValue.textContent = pulses.toLocaleString("en-US");
    this.pulses.setAttribute("aria-valuetext", `${pulses} pulses`);
  }

  private showAmbient(sun: number): void {
    const text = `${Math.round(sun * 100)} % sun`;
    this.ambientValue.textContent = text;
    this.ambient.setAttribute("aria-valuetext", text);
  }

  private async write(register: string, value: number): Promise<void> {
    const camera = this.camera();
    if (!camera) return;
    const problem = await problemOf(this.writeTo(camera, register, value));
    // Of a device that was closed meanwhile nobody asks.
    if (camera === this.camera()) this.report(problem);
  }

  private async writeTo(camera: Camera, register: string, value: number): Promise<void> {
    await camera.registers.write(register, value);
    const info = await camera.info();
    if (camera === this.camera()) this.infoChanged(info);
  }
}

function nearestStep(pulses: number): number {
  const distances = PULSE_STEPS.map((step) => Math.abs(step - pulses));
  return distances.indexOf(Math.min(...distances));
}
