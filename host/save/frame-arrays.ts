import type { CameraFrame, DepthFrame, ImagingFrame } from "../camera/frame.ts";
import type { FrameTruth, ImagingTruth } from "../transport/transport.ts";
import type { NpyArray } from "./npy.ts";

/** One array of a saved frame, in a file of its name. */
export interface SavedArray {
  readonly name: string;
  readonly array: NpyArray;
  readonly shape: readonly number[];
  readonly unit: string;
  readonly doc: string;
}

/** Every name that a saved frame may hold, so that files of an earlier run can be told from those of this one. */
export const ARRAY_NAMES: readonly string[] = [
  "range_m",
  "sigma_m",
  "amplitude_e",
  "ambient_e",
  "second_range_m",
  "second_sigma_m",
  "second_amplitude_e",
  "third_range_m",
  "third_sigma_m",
  "third_amplitude_e",
  "spread_m",
  "spread_sigma_m",
  "mixed_probability",
  "mixed_near_m",
  "mixed_near_sigma_m",
  "mixed_far_m",
  "mixed_far_sigma_m",
  "mixed_near_fraction",
  "flags",
  "gates_dn",
  "intensity_dn",
  "sigma_dn",
  "reads_dn",
  "true_range_m",
  "true_second_range_m",
  "true_second_fraction",
  "true_signal_e",
  "true_ambient_e",
  "true_dark_e",
  "true_electrons",
  "true_photons_per_s",
  "true_charge_e",
];

type Row = readonly [name: string, array: NpyArray, unit: string, doc: string];

function images(rows: readonly Row[], shape: readonly number[]): SavedArray[] {
  return rows
    .filter(([, array]) => array.length > 0)
    .map(([name, array, unit, doc]) => ({ name, array, shape, unit, doc }));
}

/** The arrays of a frame: [height, width] images, and the raw planes [K or N, height, width] when it carries them. */
export function frameArrays(frame: CameraFrame): SavedArray[] {
  return frame.kind === "depth" ? depthArrays(frame) : imageArrays(frame);
}

function imageArrays(frame: ImagingFrame): SavedArray[] {
  const shape = [frame.height, frame.width];
  const pictures = images(
    [
      [
        "intensity_dn",
        frame.intensityDn,
        "DN",
        "signal over the exposure, corrected as correctionEnable says",
      ],
      [
        "sigma_dn",
        frame.sigmaDn,
        "DN",
        "temporal standard deviation of intensity_dn as the device states it",
      ],
      ["flags", frame.flags, "", "bits of flagBits"],
    ],
    shape,
  );
  const readsDn = frame.readsDn ?? new Uint16Array(0);
  const raw: Row = ["reads_dn", readsDn, "DN", "raw codes of every read"];
  return [...pictures, ...images([raw], [frame.reads, ...shape])];
}

function depthArrays(frame: DepthFrame): SavedArray[] {
  const shape = [frame.height, frame.width];
  const depth = images(
    [
      ["range_m", frame.rangeM, "m", "radial range; 0 where flags & 0x91 (invalid)"],
      ["sigma_m", frame.sigmaM, "m", "standard deviation of range_m; inf = larger than the format can say"],
      [
        "amplitude_e",
        frame.amplitudeE,
        "e-",
        "A: electrons of the return that the pulses of one gate plane carry",
      ],
      ["ambient_e", frame.ambientE, "e-", "b: background electrons of one gate plane, dark subtracted"],
      ...furtherRows(frame),
      ["spread_m", frame.spreadM, "m", "signed root of the variance of depth inside the pixel"],
      [
        "spread_sigma_m",
        frame.spreadSigmaM,
        "m",
        "root of the standard deviation of that variance; 0 = none",
      ],
      ...mixedRows(frame),
      ["flags", frame.flags, "", "bits of flagBits"],
    ],
    shape,
  );
  const gatesDn = frame.gatesDn ?? new Uint16Array(0);
  const raw: Row = ["gates_dn", gatesDn, "DN", "raw codes of every gate plane"];
  return [...depth, ...images([raw], [frame.gates, ...shape])];
}

/** What the host found about mixed pixels; nothing unless it looked for them. */
function mixedRows({ mixed }: DepthFrame): Row[] {
  if (mixed === undefined) return [];
  const nothing = "0 where flags & 0x40 (several) is not set";
  return [
    ["mixed_probability", mixed.probability, "1", "that the pixel sees a near and a far surface"],
    ["mixed_near_m", mixed.nearM, "m", `radial range of the near surface in a mixed pixel; ${nothing}`],
    ["mixed_near_sigma_m", mixed.nearSigmaM, "m", "standard deviation of mixed_near_m; inf = not known"],
    ["mixed_far_m", mixed.farM, "m", `radial range of the far surface; ${nothing}`],
    ["mixed_far_sigma_m", mixed.farSigmaM, "m", "standard deviation of mixed_far_m; inf = not known"],
    ["mixed_near_fraction", mixed.nearFraction, "1", "share of the signal from the near surface"],
  ];
}

function furtherRows({ furtherReturns }: DepthFrame): Row[] {
  return furtherReturns.flatMap(({ rangeM, sigmaM, amplitudeE }, index): Row[] => {
    const name = index === 0 ? "second" : "third";
    return [
      [`${name}_range_m`, rangeM, "m", `radial range of the ${name} return; 0 = none`],
      [`${name}_sigma_m`, sigmaM, "m", `standard deviation of ${name}_range_m`],
      [`${name}_amplitude_e`, amplitudeE, "e-", `A of the ${name} return`],
    ];
  });
}

/** The arrays of the truth of a frame. */
export function truthArrays(truth: FrameTruth | ImagingTruth): SavedArray[] {
  return "rangeM" in truth ? depthTruthArrays(truth) : pictureTruthArrays(truth);
}

function pictureTruthArrays(truth: ImagingTruth): SavedArray[] {
  return images(
    [
      ["true_photons_per_s", truth.photonsPerS, "1/s", "on the area of a sensor pixel, before crosstalk"],
      [
        "true_charge_e",
        truth.meanChargeE,
        "e-",
        "mean electrons of a sensor pixel until the last read at the bias of reset, without lag",
      ],
      ["true_dark_e", truth.darkE, "e-", "the part of it that comes without light"],
    ],
    [truth.height, truth.width],
  );
}

function depthTruthArrays(truth: FrameTruth): SavedArray[] {
  const shape = [truth.height, truth.width];
  const flat = images(
    [
      ["true_range_m", truth.rangeM, "m", "radial range of the strongest return; 0 = none"],
      ["true_second_range_m", truth.secondRangeM, "m", "radial range of the second return; 0 = none"],
      [
        "true_second_fraction",
        truth.secondFraction,
        "1",
        "share of the signal not from the strongest return",
      ],
      ["true_signal_e", truth.signalE, "e-", "mean signal, sum over all gates"],
      ["true_ambient_e", truth.ambientE, "e-", "mean ambient of one gate plane, without dark"],
      ["true_dark_e", truth.darkE, "e-", "mean dark of one gate plane"],
    ],
    shape,
  );
  const gates: Row = [
    "true_electrons",
    truth.electrons,
    "e-",
    "mean signal + ambient of every gate, without dark",
  ];
  return [...flat, ...images([gates], [truth.gates, ...shape])];
}
