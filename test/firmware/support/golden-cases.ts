import * as Blocks from "../../../hw-profiles/interface/memory-map.ts";
import {
  COMPONENT_IMAGING,
  COMPONENT_LIDAR,
  PIXEL_FORMAT_MONO16,
} from "../../../hw-profiles/interface/reports.ts";
import { referenceFrame } from "../../reference/firmware/reference-frame.ts";
import type { GoldenVector } from "./golden.ts";
import {
  CDS_PARAMETERS,
  encodeImagingParameters,
  type ImagingParameters,
  RAMP_PARAMETERS,
  SINGLE_PARAMETERS,
} from "./imaging-parameters.ts";
import { encodeParameters, INAS_PARAMETERS, type Parameters } from "./parameter-block.ts";
import { Random } from "./random.ts";
import { randomFrame } from "./random-frames.ts";
import { randomImage } from "./random-images.ts";

const SMALL: Parameters = {
  ...INAS_PARAMETERS,
  width: 13,
  height: 2,
  components: 0x3f,
  probeX: 4,
  probeY: 1,
};

/** The cases in test/vectors: name, parameters, seed of the frame. */
const CASES: readonly (readonly [string, Parameters, number])[] = [
  ["readout-inas-film-bias", SMALL, 60],
  [
    "readout-pbs-tail-extinction",
    { ...SMALL, responseTauNs: 113.8, tailFraction: 0.08, tailTauNs: 400, extinction: 0.05 },
    61,
  ],
  [
    "readout-swept-reset-mono16",
    {
      ...SMALL,
      gating: Blocks.GATING_SWEPT_RESET,
      pulsesPerGate: 1,
      adcBits: 14,
      saturationDn: 15000,
      gainEPerDn: 12,
      rawFormat: PIXEL_FORMAT_MONO16,
      gateDelaysNs: Array.from({ length: 18 }, (_, k) => -20 + 11 * k),
      gateWidthsNs: Array.from({ length: 18 }, () => 0),
    },
    62,
  ],
  [
    "readout-inas-three-returns",
    { ...SMALL, components: COMPONENT_LIDAR, returns: 3, returnOrder: Blocks.RETURN_FIRST, returnChi2: 0 },
    137,
  ],
];

const IMAGE = { width: 21, height: 3, components: COMPONENT_IMAGING, probeX: 4, probeY: 1 };

/** A device whose EQE falls by a quarter, and whose level bends. */
const BENT_12_BIT = { linear: [0.997, 2.97e-5, 2.8e-9], shotBend: 3.1e-5 } as const;

/** The same in imaging mode. */
const IMAGE_CASES: readonly (readonly [string, ImagingParameters, number])[] = [
  ["readout-imaging-single", { ...SINGLE_PARAMETERS, ...IMAGE }, 63],
  ["readout-imaging-cds", { ...CDS_PARAMETERS, ...IMAGE, ...BENT_12_BIT, flickerRatio: 140 }, 64],
  [
    "readout-imaging-ramp-mono16",
    {
      ...RAMP_PARAMETERS,
      ...IMAGE,
      adcBits: 14,
      saturationDn: 15000,
      rawFormat: PIXEL_FORMAT_MONO16,
      linear: [0.998, 4.1e-6, 7.2e-11],
      shotBend: 3.8e-6,
      flickerRatio: 35,
    },
    65,
  ],
];

export const GOLDEN_NAMES = [...CASES, ...IMAGE_CASES].map(([name]) => name);

/** Builds a case from its seed with the reference. */
export function buildGolden(name: string): GoldenVector {
  const image = IMAGE_CASES.find(([known]) => known === name);
  if (image === undefined) return buildLidar(name);
  const [, parameters, seed] = image;
  const parameterBlock = encodeImagingParameters(parameters);
  const frame = randomImage(parameters, new Random(seed));
  return { parameterBlock, frame, reports: referenceFrame(parameterBlock, frame) };
}

function buildLidar(name: string): GoldenVector {
  const [, parameters, seed] = CASES.find(([known]) => known === name)!;
  const parameterBlock = encodeParameters(parameters);
  const frame = randomFrame(
    { ...parameters, gateWidthsNs: parameters.gateWidthsNs.map((w) => w || 15) },
    new Random(seed),
  );
  return { parameterBlock, frame, reports: referenceFrame(parameterBlock, frame) };
}
