import { listProfiles, loadProfile } from "../../hw-profiles/load/load-profile.ts";
import { openTransport } from "../transport/open-transport.ts";
import type { DeviceSource, OpenedDevice } from "./device-source.ts";
import type { Choice } from "./messages.ts";
import { type CatalogueScene, sceneCatalogue } from "./scene-catalogue.ts";

export interface SimulatedSourceOptions {
  /** Profile shown first: a name of the package, or the path of a sensor document. */
  readonly profile: string;
  /** Scenes or folders of scenes, the first is shown first. */
  readonly scenes: readonly string[];
  readonly seed: number | bigint;
  readonly threads: number;
  /** "simd", "scalar" or the path of a readout module. */
  readonly firmware: string;
}

/** Simulated boards: any profile of the package and the one given, in front of any scene of the catalogue. */
export class SimulatedSource implements DeviceSource {
  readonly profiles: readonly Choice[];
  readonly scenes: readonly CatalogueScene[];
  private readonly options: SimulatedSourceOptions;

  /** Throws ProfileError when the given profile is not one. */
  constructor(options: SimulatedSourceOptions) {
    this.options = options;
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
    const transport = await openTransport(`sim:${profileId}`, { scene, seed, threads, firmware });
    return { transport, profile };
  }
}
