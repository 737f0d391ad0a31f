/** The simulated laboratory: every document's device, film, light source or cell under its instruments. */
import { filmMobilityCm2PerVs } from "../../hw-profiles/derive/film.ts";
import type {
  DeviceProfile,
  LightSourceProfile,
  MaterialProfile,
  PowerCellProfile,
  SpectrumProfile,
} from "../../hw-profiles/device-profile.ts";
import { CellBench } from "./cell-bench.ts";
import { DeviceBench } from "./device-bench.ts";
import { LaserBench } from "./laser-bench.ts";
import { LedBench } from "./led-bench.ts";
import { MaterialBench } from "./material-bench.ts";

/** Where the laboratory takes its samples from. Loaders throw for unknown names. */
export interface Shelf {
  readonly devices: readonly string[];
  readonly materials: readonly string[];
  /** Light-emitting diodes and pumped lasers. */
  readonly sources: readonly string[];
  readonly cells: readonly string[];
  loadDevice(name: string): DeviceProfile;
  loadMaterial(name: string): MaterialProfile;
  loadSource(name: string): LightSourceProfile;
  loadCell(name: string): PowerCellProfile;
  /** AM1.5, W/m2/nm. */
  loadSun(): SpectrumProfile;
}

export class Laboratory {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  get devices(): readonly string[] {
    return this.#shelf.devices;
  }
  get materials(): readonly string[] {
    return this.#shelf.materials;
  }
  get sources(): readonly string[] {
    return this.#shelf.sources;
  }
  get cells(): readonly string[] {
    return this.#shelf.cells;
  }

  /** A detector on the probe station. @throws ProfileError if its response is to follow from a material without mobility. */
  device(name: string): DeviceBench {
    const profile = this.#shelf.loadDevice(name);
    return new DeviceBench(profile, this.#mobility(profile));
  }

  material(name: string): MaterialBench {
    return new MaterialBench(this.#shelf.loadMaterial(name));
  }

  /** @throws RangeError for a pulsed laser: it is a tool of the laboratory, not a sample. */
  source(name: string): LedBench | LaserBench {
    const profile = this.#shelf.loadSource(name);
    if (profile.type === "led") return new LedBench(profile);
    if (profile.type === "pumped-laser") return new LaserBench(profile);
    throw new RangeError(
      `${name} is a ${profile.type}: expected a light-emitting diode or a pumped laser, one of ${this.sources.join(", ")}`,
    );
  }

  cell(name: string): CellBench {
    return new CellBench(this.#shelf.loadCell(name), this.#shelf.loadSun());
  }

  /** Only a response that follows from the material asks for one. */
  #mobility({ structure, responseModel, material, process }: DeviceProfile): number | undefined {
    if (responseModel !== "material" || structure !== "photodiode") return undefined;
    return filmMobilityCm2PerVs(this.#shelf.loadMaterial(material), process).value;
  }
}
