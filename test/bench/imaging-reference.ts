import { FrameAssembler } from "../../host/packet/frame-assembler.ts";
import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { imagingParameters } from "../../sim/board/imaging/imaging-parameters.ts";
import { imagingProgram } from "../../sim/board/imaging/imaging-program.ts";
import type { ImagingSettings } from "../../sim/board/imaging/imaging-settings.ts";
import { factoryDevice } from "../../sim/imaging/factory-device.ts";
import { FactoryMapMaker } from "../../sim/imaging/factory-maps.ts";
import { readSchedule, readWindow } from "../../sim/imaging/read-schedule.ts";
import { latchedCode } from "../../sim/roic/adc/single-slope.ts";
import type { ReferenceRow } from "../reference/firmware/frame.ts";
import { ReferenceImaging } from "../reference/firmware/imaging/image-readout.ts";
import { CollectorReference } from "../reference/imaging/collect-reference.ts";
import { ConvertReference } from "../reference/imaging/convert-reference.ts";

/** The whole chain in plain TypeScript, without WebAssembly: charge, codes, readout logic, and the host that decodes. */
export class ImagingChainReference {
  readonly pixels: number;
  readonly #settings: ImagingSettings;
  readonly #profile: ImagingProfile;
  readonly #collector: CollectorReference;
  readonly #converter: ConvertReference;
  readonly #readout: ReferenceImaging;
  readonly #rows: ReferenceRow[];
  readonly #collect: () => void;
  #frames = 0;

  /** @param photonsPerS on every pixel. What does not change from frame to frame is made here. */
  constructor(profile: ImagingProfile, settings: ImagingSettings, photonsPerS: number) {
    const { effects } = profile;
    const program = imagingProgram(profile, settings);
    const { registers } = program;
    const { height, reads, width } = registers;
    const band = { firstRow: 0, rows: profile.array.heightPx };
    const conditions = {
      temperatureK: settings.temperatureMk / 1000,
      analogGain: settings.analogGain,
      effects,
    };
    const schedule = readSchedule(profile, registers, band, 0);
    const key = { seed: 1n, frame: 0 };
    this.pixels = width * height;
    this.#profile = profile;
    this.#settings = settings;
    this.#collector = new CollectorReference(profile, band, reads);
    this.#collector.photonsPerS.fill(photonsPerS);
    this.#collector.setLight(conditions);
    const { charge } = this.#collector;
    const input = { profile, band, charge, schedule, window: readWindow(registers), conditions, key };
    this.#converter = new ConvertReference(input, latchedCode);
    this.#collect = () => this.#collector.collect(schedule, key);
    this.#readout = new ReferenceImaging(imagingParameters(profile, settings, program));
    const maps = new FactoryMapMaker(profile, factoryDevice(profile)).make(registers, settings.analogGain);
    this.#rows = Array.from({ length: height }, (_, y) => ({
      samples: new Uint16Array(reads * width),
      offset: maps.offsetDn16.subarray(y * width, (y + 1) * width),
      dark: maps.darkDn16.subarray(y * width, (y + 1) * width),
      bad: maps.bad.subarray(y * width, (y + 1) * width),
    }));
  }

  /** One frame, light to decoded picture. @throws Error if the host does not get it whole. */
  frame(): void {
    this.#collect();
    this.#fillRows(this.#converter.codes(0, this.#rows.length));
    const { temperatureMk } = this.#settings;
    const start = { frame: this.#frames++, temperatureMk, startCycle: 0n, endCycle: 1n, dropped: 0 };
    const reports = this.#readout.frame({ ...start, rows: this.#rows });
    const assembler = new FrameAssembler();
    const frames = reports.flatMap((report) => assembler.push(report));
    if (frames.length === 1 && frames[0]!.integrity.complete) return;
    throw new Error(
      `${this.#profile.name}: found ${frames.length} pictures of the reference, expected a whole one`,
    );
  }

  #fillRows(codes: Uint16Array): void {
    const { widthPx } = this.#profile.array;
    const plane = this.#rows.length * widthPx;
    for (const [y, { samples }] of this.#rows.entries()) {
      for (let at = 0, from = y * widthPx; at < samples.length; at += widthPx, from += plane) {
        samples.set(codes.subarray(from, from + widthPx), at);
      }
    }
  }
}
