// Written by `npm run mixed -- --train`: a logistic fit to frames of the synthetic room and their truth.

/** Log odds that a pixel is mixed: the sum of weight x evidence (evidence.ts). */
export const EVIDENCE_WEIGHTS: readonly number[] = [
  -3.53498, // always
  0.24999, // edge cuts the pixel, log odds
  0.225459, // standard deviations from the nearest surface towards the other
  0.191179, // the same outside both surfaces
  -0.0434341, // ln(gap / 0.1 m)
  1.61427, // the same below 0.15 m
  -0.246562, // ln(gap / sigma)
  0.53821, // ln(gain of a second surface)
  0.0114941, // neighbours of the rarer surface
  -0.663889, // no neighbour of the rarer surface
  0.267196, // ln(misfit of the edge)
  0.26981, // no block of neighbours on the same surface
  0.240186, // near surface one pixel wide
  0.308145, // spread over its sigma
  0.244868, // root of the spread over its sigma
  1.97135, // misfit of the waveform
];

/** For frames without the component Spread. */
export const EVIDENCE_WEIGHTS_WITHOUT_SPREAD: readonly number[] = [
  -3.34416, // always
  0.246862, // edge cuts the pixel, log odds
  0.289161, // standard deviations from the nearest surface towards the other
  0.244831, // the same outside both surfaces
  -0.0347638, // ln(gap / 0.1 m)
  1.55879, // the same below 0.15 m
  -0.190349, // ln(gap / sigma)
  0.477962, // ln(gain of a second surface)
  0.0374387, // neighbours of the rarer surface
  -0.710061, // no neighbour of the rarer surface
  0.272125, // ln(misfit of the edge)
  0.372581, // no block of neighbours on the same surface
  0.211118, // near surface one pixel wide
  0, // spread over its sigma
  0, // root of the spread over its sigma
  3.72396, // misfit of the waveform
];
