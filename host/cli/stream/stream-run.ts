import { createHash } from "node:crypto";
import { COMPONENT_RAW } from "../../../hw-profiles/interface/reports.ts";
import type { MixedSummary } from "../../analysis/mixed-statistics.ts";
import type { PictureTruthSummary } from "../../analysis/picture-statistics.ts";
import type { ReturnSummary } from "../../analysis/return-statistics.ts";
import type { TruthSummary } from "../../analysis/truth-statistics.ts";
import type { Camera } from "../../camera/camera.ts";
import type { CameraInfo } from "../../camera/camera-info.ts";
import type { FaultCounts, OpenedCamera } from "../../open-camera.ts";
import { RAW_FORMATS, type RawFormat } from "../../packet/pixel-format.ts";
import { FrameSaver } from "../../save/frame-saver.ts";
import { makeFolder } from "../../save/make-folder.ts";
import type { DeviceOptions } from "../device/device-options.ts";
import { type FirmwareIdentity, firmwareIdentity } from "../device/firmware-identity.ts";
import { type FrameRecord, frameRecord } from "./frame-record.ts";
import {
  type ControlOptions,
  type ControlRecord,
  controlRecord,
  framesOf,
  requireControl,
} from "./frame-source.ts";
import { MixedLabels } from "./mixed-labels.ts";
import { type ReturnOptions, setReturns } from "./return-options.ts";
import { openComparison, type TruthComparison } from "./truth-comparison.ts";

export interface StreamOptions extends DeviceOptions, ReturnOptions, ControlOptions {
  /** Undefined: until Ctrl-C. */
  readonly frames?: number;
  readonly truth?: true;
  /** Raw samples, in this format or that of the device. */
  readonly raw?: true | RawFormat;
  /** Of a LiDAR: label mixed pixels. */
  readonly mixed?: true;
  readonly save?: string;
  readonly json?: true;
}

/** The last line of `cqd stream --json`, under the key "summary". */
export interface StreamSummary {
  readonly device: string;
  readonly profile: string;
  readonly scene: string;
  readonly seed: number;
  readonly firmwareSha256: string | null;
  /** Printed and saved; an interrupted run may have received one more. */
  readonly frames: number;
  /** Of the hardware: frames per second of device time. */
  readonly fps: number;
  /** By the host's clock. */
  readonly simulatedFps: number | null;
  /** Of the bytes of all input reports in the order of arrival. */
  readonly sha256: string;
  readonly reports: number;
  readonly lostReports: number;
  readonly corruptedReports: number;
  readonly duplicatedReports: number;
  readonly reorderedReports: number;
  readonly lateReports: number;
  readonly droppedFrames: number;
  readonly incompleteFrames: number;
  /** Times that the device was unplugged and came back. */
  readonly resumes: number;
  /** Faults that --faults did, by "PIPE.KIND". */
  readonly faults?: FaultCounts;
  readonly truth?: TruthSummary | PictureTruthSummary;
  /** Of a sensor that sends ranges. */
  readonly mixedPixels?: number;
  /** How labels of mixed pixels compare with the truth, with --mixed. */
  readonly mixedLabels?: MixedSummary;
  /** How second returns compare with the truth, with --returns 2 or 3. */
  readonly furtherReturns?: ReturnSummary;
  readonly interrupted: boolean;
}

/** Takes frames from an open camera, compares, saves and counts them. */
export class StreamRun {
  readonly #opened: OpenedCamera;
  readonly #camera: Camera;
  readonly #options: StreamOptions;
  readonly #hash = createHash("sha256");
  #info: CameraInfo | undefined;
  #profileName = "";
  #frames = 0;
  /** Starts of the first frame and the last one, ns of device time. */
  #firstNs = 0;
  #lastNs = 0;
  #firmware: FirmwareIdentity | undefined;
  #comparison: TruthComparison | undefined;
  #saver: FrameSaver | undefined;
  #labels: MixedLabels | undefined;

  constructor(opened: OpenedCamera, options: StreamOptions) {
    this.#opened = opened;
    this.#camera = opened.camera;
    this.#options = options;
    opened.camera.onReport((report) => this.#hash.update(report));
  }

  /** Configure the device; nothing is acquired yet. @throws CommandError when it has no truth to compare with. */
  async prepare(): Promise<void> {
    const options = this.#options;
    requireControl(options);
    const info = await this.#camera.info();
    if (options.truth) this.#comparison = await openComparison(this.#opened, info);
    if (options.raw) await this.#enableRaw(options.raw);
    await setReturns(this.#camera, options);
    if (options.mixed) this.#labels = await MixedLabels.open(this.#camera);
    const profile = await this.#camera.profile();
    this.#info = info;
    this.#profileName = profile.name;
    this.#firmware = await firmwareIdentity(options.device, options.firmware, options.flashFile);
    if (options.save === undefined) return;
    await makeFolder(options.save);
    this.#saver = new FrameSaver(options.save, { info, profile, run: this.#runDescription() });
  }

  /** One record a frame. Ends after the frames that were asked for, or when the caller breaks off. */
  async *records(): AsyncGenerator<FrameRecord & ControlRecord, void, undefined> {
    for await (const taken of framesOf(this.#camera, this.#options)) {
      const { plan } = taken;
      const frame = this.#labels?.label(taken.frame) ?? taken.frame;
      const gates = plan && {
        gateDelaysNs: plan.delaysNs,
        gateWidthsNs: plan.delaysNs.map(() => plan.widthNs),
      };
      const truth = await this.#comparison?.add(frame, gates);
      await this.#saver?.save(frame, truth, this.#info && { ...this.#info, ...gates });
      if (this.#frames === 0) this.#firstNs = frame.timeNs;
      this.#lastNs = frame.timeNs;
      this.#frames++;
      yield { ...frameRecord(frame), ...controlRecord(taken) };
    }
  }

  summary(interrupted: boolean): StreamSummary {
    const counts = this.#camera.statistics();
    return {
      device: this.#options.device,
      profile: this.#profileName,
      scene: this.#options.scene,
      seed: this.#options.seed,
      firmwareSha256: this.#firmware?.sha256 ?? null,
      frames: this.#frames,
      fps: this.#fps(counts.deviceFps),
      simulatedFps: counts.wallFps ?? null,
      sha256: this.#hash.copy().digest("hex"),
      reports: counts.reports,
      lostReports: counts.lostReports,
      corruptedReports: counts.corruptedReports,
      duplicatedReports: counts.duplicatedReports,
      reorderedReports: counts.reorderedReports,
      lateReports: counts.lateReports,
      droppedFrames: counts.droppedFrames,
      incompleteFrames: counts.incompleteFrames,
      resumes: counts.resumes,
      ...(this.#opened.faults && { faults: this.#opened.faults.counts() }),
      ...this.#comparison?.summary(),
      interrupted,
    };
  }

  /** Where every frame is an acquisition of its own, the camera has no rate to tell. */
  #fps(deviceFps: number | undefined): number {
    const spanNs = this.#lastNs - this.#firstNs;
    const fromStarts = spanNs > 0 ? (1e9 * (this.#frames - 1)) / spanNs : undefined;
    return deviceFps ?? fromStarts ?? this.#info?.frameRateHz ?? 0;
  }

  async #enableRaw(format: true | RawFormat): Promise<void> {
    if (format !== true) await this.#camera.registers.write("PixelFormat", RAW_FORMATS[format]);
    const components = await this.#camera.registers.readNumber("ComponentEnable");
    await this.#camera.registers.write("ComponentEnable", components | COMPONENT_RAW);
  }

  #runDescription() {
    const { device, scene, seed, ambient, pulses, returns, returnOrder } = this.#options;
    return {
      device,
      profile: this.#profileName,
      scene,
      seed,
      ambientSuns: ambient,
      pulsesPerGate: pulses,
      returns,
      returnOrder,
      firmwareFile: this.#firmware?.file,
      firmwareSha256: this.#firmware?.sha256,
    };
  }
}
