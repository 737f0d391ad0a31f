import type {
  DeviceProfile,
  LightSourceProfile,
  MaterialProfile,
  PowerCellProfile,
  PublishedFigure,
  SpectrumProfile,
} from "../../../hw-profiles/device-profile.ts";
import type { ImagingProfile } from "../../../hw-profiles/sensor-profile.ts";

/** Documents by kind; names in the order of the package. */
export interface BenchDocuments {
  readonly devices: readonly string[];
  readonly sources: readonly string[];
  readonly materials: readonly string[];
  readonly spectra: readonly string[];
  readonly cells: readonly string[];
  readonly imagers: readonly string[];
  device(name: string): DeviceProfile;
  source(name: string): LightSourceProfile;
  material(name: string): MaterialProfile;
  spectrum(name: string): SpectrumProfile;
  cell(name: string): PowerCellProfile;
  imager(name: string): ImagingProfile;
}

/** Figures that a paper prints about a document's subject; pulsed lasers are tools and have none. */
export function publishedOf(document: {
  readonly published?: readonly PublishedFigure[];
}): readonly PublishedFigure[] {
  return document.published ?? [];
}
