// Written by `npm run mixed -- --train`: a logistic fit to frames of the synthetic room and their truth.

/** Log odds that a pixel is mixed: the sum of weight x evidence (evidence.ts). */
export const EVIDENCE_WEIGHTS: readonly number[] = [
  /* always */ -3.53498,
  /* edge cuts the pixel, log odds */ 0.24999,
  /* standard deviations from the nearest surface towards the other */ 0.225459,
  /* the same outside both surfaces */ 0.191179,
  /* ln(gap / 0.1 m) */ -0.0434341,
  /* the same below 0.15 m */ 1.61427,
  /* ln(gap / sigma) */ -0.246562,
  /* ln(gain of a second surface) */ 0.53821,
  /* neighbours of the rarer surface */ 0.0114941,
  /* no neighbour of the rarer surface */ -0.663889,
  /* ln(misfit of the edge) */ 0.267196,
  /* no block of neighbours on the same surface */ 0.26981,
  /* near surface one pixel wide */ 0.240186,
  /* spread over its sigma */ 0.308145,
  /* root of the spread over its sigma */ 0.244868,
  /* misfit of the waveform */ 1.97135,
];

/** For frames without the component Spread. */
export const EVIDENCE_WEIGHTS_WITHOUT_SPREAD: readonly number[] = [
  /* always */ -3.34416,
  /* edge cuts the pixel, log odds */ 0.246862,
  /* standard deviations from the nearest surface towards the other */ 0.289161,
  /* the same outside both surfaces */ 0.244831,
  /* ln(gap / 0.1 m) */ -0.0347638,
  /* the same below 0.15 m */ 1.55879,
  /* ln(gap / sigma) */ -0.190349,
  /* ln(gain of a second surface) */ 0.477962,
  /* neighbours of the rarer surface */ 0.0374387,
  /* no neighbour of the rarer surface */ -0.710061,
  /* ln(misfit of the edge) */ 0.272125,
  /* no block of neighbours on the same surface */ 0.372581,
  /* near surface one pixel wide */ 0.211118,
  /* spread over its sigma */ 0,
  /* root of the spread over its sigma */ 0,
  /* misfit of the waveform */ 3.72396,
];
