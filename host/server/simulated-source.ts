import { listProfiles, loadProfile } from "../../hw-profiles/load/load-profile.ts";
import { applyCalibration } from "../calibrate/apply-calibration.ts";
import type { TofCalibration } from "../calibrate/tof-calibration.ts";
import { RegisterPort } from "../camera/register-port.ts";
import { BrokenLink } from "../transport/faults/broken-link.ts";
import type { FaultSpec } from "../transport/faults/fault-spec.ts";
import { parseFaults } from "../transport/faults/parse-faults.ts";
import {
  type ChipDeviation,
  openPort,
  type SimTransportOptions,
  traceSource,
} from "../transport/open-transport.ts";
import type { Transport } from "../transport/transport.ts";
import { openWatched } from "./cable-watch.ts";
import type { DeviceSource, OpenedDevice } from "./device-source.ts";
import type { Choice } from "./messages.ts";
import { type CatalogueScene, sceneCatalogue } from "./scene-catalogue.ts";

type FlashOption = NonNullable<SimTransportOptions["flash"]>;

export interface SimulatedSourceOptions {
  /** Profile shown first: a name of the package, or the path of a sensor document. */
  readonly profile: string;
  /** Scenes or folders of scenes, the first is shown first. */
  readonly scenes: readonly string[];
  readonly seed: number | bigint;
  readonly threads: number;
  /** "simd", "scalar" or the path of a readout module. */
  readonly firmware: string;
  /** File that keeps the flash of the board of `profile`. */
  readonly flashFile?: string | undefined;
  /** Of the chip of `profile`; boards of other profiles are as their documents say. */
  readonly deviation?: Partial<ChipDeviation> | undefined;
  /** Made on that board, and written into it whenever it is opened. */
  readonly calibration?: TofCalibration | undefined;
  /** Of the link to every device that is opened. */
  readonly faults?: string | undefined;
}

/** Simulated boards: any profile of the package and the one given, in front of any scene of the catalogue. */
export class SimulatedSource implements DeviceSource {
  readonly isSimulated = true;
  readonly profiles: readonly Choice[];
  readonly scenes: readonly CatalogueScene[];
  private readonly options: SimulatedSourceOptions;
  private readonly faults: FaultSpec | undefined;
  private readonly flashes = new BoardFlashes();

  /** Throws ProfileError when the given profile is not one, FaultSpecError for faults that cannot be read. */
  constructor(options: SimulatedSourceOptions) {
    this.options = options;
    this.faults = options.faults === undefined ? undefined : parseFaults(options.faults);
    this.scenes = sceneCatalogue(options.scenes);
    const known = listProfiles().map(({ name, title }) => ({ id: name, title }));
    const isKnown = known.some(({ id }) => id === options.profile);
    const { title } = loadProfile(options.profile);
    this.profiles = isKnown ? known : [{ id: options.profile, title }, ...known];
  }

  async open(profileId: string, sceneId: string): Promise<OpenedDevice> {
    const scene = this.scenes.find(({ id }) => id === sceneId)?.sceneText;
    if (scene === undefined) throw new Error(`there is no scene "${sceneId}"`);
    const { seed, threads, firmware } = this.options;
    const profile = loadProfile(profileId);
    const { calibration, deviation, flashFile } = profileId === this.options.profile ? this.options : {};
    const flash = flashFile === undefined ? { flash: this.flashes.of(profileId) } : { flashFile };
    const changes = { ...flash, ...(deviation && { deviation }) };
    const link = this.faults && new BrokenLink(this.faults);
    const simulation = { scene, seed, threads, firmware, ...changes };
    const port = await openPort(`sim:${profileId}`, simulation, {}, link?.wrap);
    const { cable, transport } = await openWatched(port);
    if (calibration !== undefined) await calibrate(transport, calibration);
    const traces = port.board && traceSource(port.board);
    return { transport, cable, profile, simulation: { traces } };
  }
}

/** The flash of every board outlives its being opened for another scene: that is switching it off and on. */
class BoardFlashes {
  private readonly states = new Map<string, NonNullable<FlashOption["state"]>>();

  of(profileId: string): FlashOption {
    const state = this.states.get(profileId);
    const onChange: FlashOption["onChange"] = (next) => this.states.set(profileId, next);
    return state === undefined ? { onChange } : { onChange, state };
  }
}

async function calibrate(transport: Transport, calibration: TofCalibration): Promise<void> {
  try {
    await applyCalibration({ name: transport.name, registers: new RegisterPort(transport) }, calibration);
  } catch (error) {
    await transport.close();
    throw error;
  }
}
