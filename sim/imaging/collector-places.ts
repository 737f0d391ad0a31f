import type { ImagingProfile } from "../../hw-profiles/sensor-profile.ts";
import { tableLengths } from "./charge-tables.ts";
import type { MemoryPlan, Place } from "./imaging-memory.ts";
import type { SensorRows } from "./seams.ts";

/** Kernels work on four pixels at a time: what is read so ends with room for three more. */
const SPARE_PIXELS = 3;
/** Pixels that the kernel works on together, CHUNK_PIXELS of sim/kernels/imaging/collect-settings.ts. */
const CHUNK_PIXELS = 128;
const WORDS_PER_PIXEL = 2;
/** Node, generated, the reset's normals, filled; flicker's normals come on top, once a read. */
const CHUNK_BUFFERS = 4;
const SCRATCH_FLOATS = 16;
/** Before and after a read. */
const TRAP_BUFFERS = 2;
/** Counts that the inversion of the Poisson law tries (sim/kernels/imaging/poisson-quad.ts). */
const LARGEST_COUNT = 127;

/** Where charge collection keeps its data; see sim/kernels/imaging/collect-settings.ts. */
export interface CollectorPlaces {
  readonly photonsPerS: Place;
  readonly responseEPerPhoton: Place;
  readonly lightRateEPerS: Place;
  readonly darkRateEPerS: Place;
  /** f32 [read][row of the band][column], up to the largest number of reads; three spare floats at the end. */
  readonly charge: Place;
  /** Two buffers, f32 [species][pixel]. */
  readonly traps: readonly [Place, Place];
  readonly readTable: Place;
  readonly flickerTable: Place;
  readonly lagTable: Place;
  readonly lagStart: Place;
  readonly words: Place;
  readonly work: Place;
  readonly trapVectors: Place;
  readonly normalTable: Place;
  /** f64 1/n for the inversion of the Poisson law. */
  readonly reciprocals: Place;
  readonly maxReads: number;
  readonly maxSpecies: number;
}

/** Takes what a collector of `band` needs; hand the result to BandCollector. */
export function planCollector(plan: MemoryPlan, profile: ImagingProfile, band: SensorRows): CollectorPlaces {
  const { widthPx } = profile.array;
  const pixels = band.rows * widthPx;
  // True CDS takes two reads whatever the ramp may have.
  const maxReads = Math.max(2, profile.roic.maxReads);
  const species = profile.effects.lag.traps.length;
  const lengths = tableLengths(maxReads, species);
  const perPixel = () => plan.floats(pixels, SPARE_PIXELS);
  const perTrap = () => plan.floats(species * pixels, SPARE_PIXELS);
  return {
    photonsPerS: plan.floats((band.rows + 2) * widthPx, SPARE_PIXELS),
    responseEPerPhoton: perPixel(),
    lightRateEPerS: perPixel(),
    darkRateEPerS: perPixel(),
    charge: plan.floats(maxReads * pixels, SPARE_PIXELS),
    traps: [perTrap(), perTrap()],
    readTable: plan.floats(lengths.reads),
    flickerTable: plan.floats(lengths.flicker),
    lagTable: plan.floats(lengths.lag),
    lagStart: plan.floats(species),
    words: plan.floats(CHUNK_PIXELS * WORDS_PER_PIXEL),
    work: plan.floats((CHUNK_BUFFERS + maxReads) * CHUNK_PIXELS + SCRATCH_FLOATS),
    trapVectors: plan.floats(TRAP_BUFFERS * species * CHUNK_PIXELS),
    normalTable: plan.normalTable,
    reciprocals: plan.doubles(LARGEST_COUNT + 1),
    maxReads,
    maxSpecies: species,
  };
}
