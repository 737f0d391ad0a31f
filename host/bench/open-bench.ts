import { listDocuments } from "../../hw-profiles/load/list-documents.ts";
import {
  loadDevice,
  loadLightSource,
  loadMaterial,
  loadPowerCell,
  loadSpectrum,
} from "../../hw-profiles/load/load-part.ts";
import { listProfiles, loadImagingProfile } from "../../hw-profiles/load/load-profile.ts";
import { openCamera } from "../open-camera.ts";
import { openLaboratory } from "../transport/sim/open-laboratory.ts";
import type { BenchDocuments } from "./run/documents.ts";
import type { BenchContext } from "./run/experiment.ts";

export interface BenchOptions {
  readonly seed: number;
  readonly thorough: boolean;
}

/** The simulated laboratory with the package's documents. @throws ProfileError for a document that cannot be used. */
export function openBench(options: BenchOptions): BenchContext {
  return {
    ...options,
    laboratory: openLaboratory(),
    documents: packageDocuments(),
    openCamera: async (sensor, light, seed) => {
      const scene = `uniform:irradiance=${light.irradianceWPerM2},nm=${light.wavelengthNm}`;
      const { camera } = await openCamera(`sim:${sensor}`, { simulation: { scene, seed, threads: 0 } });
      return camera;
    },
  };
}

/** The documents of the package. */
export function packageDocuments(): BenchDocuments {
  const names = (kind: Parameters<typeof listDocuments>[0]) => listDocuments(kind).map(({ name }) => name);
  const profiles = listProfiles();
  return {
    devices: names("detector"),
    sources: names("emitter"),
    materials: names("material"),
    spectra: names("spectrum"),
    cells: names("power"),
    imagers: profiles.filter(({ mode }) => mode === "imaging").map(({ name }) => name),
    device: loadDevice,
    source: loadLightSource,
    material: loadMaterial,
    spectrum: loadSpectrum,
    cell: loadPowerCell,
    imager: loadImagingProfile,
  };
}
