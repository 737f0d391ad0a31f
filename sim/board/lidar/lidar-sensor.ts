import { RETURNS_MAX } from "../../../hw-profiles/interface/memory-map.ts";
import type { LidarProfile } from "../../../hw-profiles/sensor-profile.ts";
import { devicePatterns } from "../../pixel/device-patterns.ts";
import { darkMapAtExposure, type FactoryMaps, factoryCalibration } from "../../pixel/factory-calibration.ts";
import { lidarBands } from "../../pool/band.ts";
import type { ExposureJob, ExposureSetup } from "../../pool/exposure-job.ts";
import { createFrameStore, type FrameStore } from "../../pool/frame-store.ts";
import { openExposer } from "../../pool/open-exposer.ts";
import { cyclesToNs } from "../../roic/frame-timing.ts";
import { commonBindings } from "../common-bindings.ts";
import { ExposurePipeline } from "../exposure-pipeline.ts";
import { FrameLog } from "../frame-log.ts";
import type { FramePlan, FrameSlot } from "../frame-plan.ts";
import { reportsOf } from "../max-reports.ts";
import type { Binding } from "../register-binding.ts";
import type { RegisterTarget } from "../register-target.ts";
import { SettingsStore } from "../settings.ts";
import { lidarBindings } from "./lidar-bindings.ts";
import { lidarParameters } from "./lidar-parameters.ts";
import { lidarRun } from "./lidar-run.ts";
import { initialLidarSettings, type LidarSettings } from "./lidar-settings.ts";

export interface LidarSensorOptions extends ExposureSetup {
  readonly threads: number;
}

/** The board's part of LiDAR mode: settings, gate planes, calibration. */
export class LidarSensor {
  readonly mode = "lidar";
  readonly profile: LidarProfile;
  readonly settings: SettingsStore<LidarSettings>;
  readonly frames = new FrameLog<ExposureJob>();
  private readonly pipeline: ExposurePipeline<ExposureJob>;
  private readonly store: FrameStore;
  private readonly factory: FactoryMaps;
  private maps: FactoryMaps;
  private mapPulses: number;
  /** The pixels' own times, TIME_MAP_NS a LSB; written through its register window. */
  private readonly timeMap: Int16Array;

  private constructor(setup: ExposureSetup, store: FrameStore, pipeline: ExposurePipeline<ExposureJob>) {
    const { profile } = setup;
    this.profile = profile;
    this.settings = new SettingsStore(initialSettings(setup));
    this.store = store;
    this.pipeline = pipeline;
    this.factory = factoryCalibration(profile, wholeArray(profile));
    this.maps = this.factory;
    this.mapPulses = profile.gates.pulsesPerGate;
    this.timeMap = new Int16Array(profile.array.widthPx * profile.array.heightPx);
  }

  static async open(options: LidarSensorOptions): Promise<LidarSensor> {
    const { deviation, profile, scene, seed, raysPerSide, threads } = options;
    const setup = { profile, scene, seed, raysPerSide, deviation };
    const store = createFrameStore(frameCodes(profile));
    const exposer = await openExposer(lidarBands(setup), store, threads);
    return new LidarSensor(setup, store, new ExposurePipeline(exposer));
  }

  plan(): FramePlan {
    const { profile } = this;
    const settings = this.settings.ofNextFrame;
    const { periodCycles, startCycles, timing } = lidarRun(profile, settings);
    return {
      frameCycles: periodCycles,
      startCycles,
      endCycles: startCycles + timing.frameCycles,
      temperatureMk: settings.temperatureMk,
      widthPx: profile.array.widthPx,
      lines: profile.array.heightPx,
      planes: profile.gates.delaysNs.length,
      parameters: lidarParameters(profile, settings),
      maxReports: largestFrame(profile),
      exposesDropped: false,
      maps: () => ({ ...this.mapsAt(settings.pulsesPerGate), timeMap: this.timeMap }),
      expose: (slot) => this.expose(this.job(settings, slot)),
      prepare: (slot) => this.pipeline.prepare(this.job(settings, slot)),
    };
  }

  bindings(target: RegisterTarget): Binding[] {
    const { widthPx: width, heightPx: height } = this.profile.array;
    return [
      ...commonBindings(this.profile, target, this.settings, () => ({ width, height })),
      ...lidarBindings(this.profile, target, this.settings, this.timeMap),
    ];
  }

  async close(): Promise<void> {
    await this.pipeline.close();
  }

  private async expose(job: ExposureJob): Promise<Uint16Array> {
    const slot = await this.pipeline.take(job);
    this.frames.add(job);
    return this.store.slots[slot]!;
  }

  private job(settings: LidarSettings, { frame, startCycle }: FrameSlot): ExposureJob {
    const { pulsesPerGate, ambientSun, temperatureMk, gates } = settings;
    return {
      frame,
      startNs: cyclesToNs(Number(startCycle), this.profile.adc.clockHz),
      settings: { pulsesPerGate, ambientSun, temperatureMk, gates },
    };
  }

  /** The dark map is scaled again only when the exposure has changed. */
  private mapsAt(pulsesPerGate: number): FactoryMaps {
    if (pulsesPerGate !== this.mapPulses) {
      this.mapPulses = pulsesPerGate;
      const darkDn16 = darkMapAtExposure(this.profile, this.factory, pulsesPerGate);
      this.maps = { ...this.factory, darkDn16 };
    }
    return this.maps;
  }
}

/** After power-on: the profile's, in a chip that may be warmer. */
function initialSettings({ deviation, profile }: ExposureSetup): LidarSettings {
  const settings = initialLidarSettings(profile);
  if (deviation === undefined) return settings;
  return { ...settings, temperatureMk: settings.temperatureMk + Math.round(1000 * deviation.temperatureK) };
}

function frameCodes({ array, gates }: LidarProfile): number {
  return gates.delaysNs.length * array.heightPx * array.widthPx;
}

/** 16-bit codes of a pixel's record: three of each return, ambient, two of the spread. */
const LINE_CODES = 3 * RETURNS_MAX + 1 + 2;

/** All components, flags and raw samples in 16 bits. */
function largestFrame({ array, gates }: LidarProfile): number {
  const planes = gates.delaysNs.length;
  const bytesPerPixel = (LINE_CODES + planes) * Uint16Array.BYTES_PER_ELEMENT + 1;
  return reportsOf(array.widthPx * array.heightPx, bytesPerPixel, planes * array.heightPx);
}

function wholeArray(profile: LidarProfile) {
  return devicePatterns(profile, { firstPixel: 0, count: profile.array.widthPx * profile.array.heightPx });
}
