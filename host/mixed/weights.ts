// Written by `npm run mixed -- --train`: a logistic fit to frames of the synthetic room and their truth.

/** Log odds that a pixel is mixed: the sum of weight x evidence (evidence.ts). */
export const EVIDENCE_WEIGHTS: readonly number[] = [
  -3.43449, // always
  0.24633, // edge cuts the pixel, log odds
  0.217645, // standard deviations from the nearest surface towards the other
  0.184898, // the same outside both surfaces
  0.0108849, // ln(gap / 0.1 m)
  1.79294, // the same below 0.15 m
  -0.342406, // ln(gap / sigma)
  0.54652, // ln(gain of a second surface)
  0.0346224, // neighbours of the rarer surface
  -0.654932, // no neighbour of the rarer surface
  0.240748, // ln(misfit of the edge)
  0.121205, // no block of neighbours on the same surface
  0.215556, // near surface one pixel wide
  0.422264, // spread over its sigma
  0.376137, // root of the spread over its sigma
  1.93757, // misfit of the waveform
];

/** For frames without the component Spread. */
export const EVIDENCE_WEIGHTS_WITHOUT_SPREAD: readonly number[] = [
  -3.33715, // always
  0.2419, // edge cuts the pixel, log odds
  0.277789, // standard deviations from the nearest surface towards the other
  0.244861, // the same outside both surfaces
  -0.0431038, // ln(gap / 0.1 m)
  1.73055, // the same below 0.15 m
  -0.209397, // ln(gap / sigma)
  0.485432, // ln(gain of a second surface)
  0.0602242, // neighbours of the rarer surface
  -0.727262, // no neighbour of the rarer surface
  0.243734, // ln(misfit of the edge)
  0.215215, // no block of neighbours on the same surface
  0.184745, // near surface one pixel wide
  0, // spread over its sigma
  0, // root of the spread over its sigma
  3.81908, // misfit of the waveform
];
