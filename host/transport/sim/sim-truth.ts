import type { ImagingSensor } from "../../../sim/board/imaging/imaging-sensor.ts";
import type { LidarSensor } from "../../../sim/board/lidar/lidar-sensor.ts";
import { ImagingTruthMaker } from "../../../sim/imaging/imaging-truth.ts";
import { TruthMaker } from "../../../sim/pool/truth-maker.ts";
import type { FrameTruth, ImagingTruth } from "../transport.ts";
import type { ResolvedSimOptions } from "./sim-options.ts";

/** Hands out the truth of ranges; its machinery is opened by the first question. */
export class LidarTruthDesk {
  private readonly sensor: LidarSensor;
  private readonly options: ResolvedSimOptions;
  private maker: Promise<TruthMaker> | undefined;

  constructor(sensor: LidarSensor, options: ResolvedSimOptions) {
    this.sensor = sensor;
    this.options = options;
  }

  async truth(frameNumber: number): Promise<FrameTruth | undefined> {
    const job = this.sensor.frames.find(frameNumber);
    if (job === undefined) return undefined;
    const setup = { ...this.options, profile: this.sensor.profile };
    this.maker ??= TruthMaker.open(setup, this.options.truth === "electrons");
    return (await this.maker).truth(job);
  }
}

/** The same for pictures. */
export class ImagingTruthDesk {
  private readonly sensor: ImagingSensor;
  private readonly options: ResolvedSimOptions;
  private maker: Promise<ImagingTruthMaker> | undefined;

  constructor(sensor: ImagingSensor, options: ResolvedSimOptions) {
    this.sensor = sensor;
    this.options = options;
  }

  async truth(frameNumber: number): Promise<ImagingTruth | undefined> {
    const job = this.sensor.frames.find(frameNumber);
    if (job === undefined) return undefined;
    this.maker ??= ImagingTruthMaker.open({ ...this.options, profile: this.sensor.profile });
    return (await this.maker).truth(job);
  }
}
