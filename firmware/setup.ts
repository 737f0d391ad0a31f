// What configure() derives from the parameter block: addresses of the buffers and constants of the stages.

@unmanaged
export class Setup {
  // Sizes.
  width: u32 = 0;
  height: u32 = 0;
  /** Planes of samples: gates K, or reads N. */
  gates: u32 = 0;
  /** Gates rounded up to a multiple of 4 lanes. Padding gates look saturated, so they weigh nothing. */
  paddedGates: u32 = 0;
  templateCount: u32 = 0;
  reportCapacity: u32 = 0;
  saturationDn: u32 = 0;

  // Line buffers.
  samples: usize = 0;
  offsetMap: usize = 0;
  darkMap: usize = 0;
  badMap: usize = 0;
  /** LiDAR only. */
  timeMap: usize = 0;
  /** Lines of the components, in the order of a row's record. */
  rangeLine: usize = 0;
  sigmaLine: usize = 0;
  amplitudeLine: usize = 0;
  ambientLine: usize = 0;
  intensityLine: usize = 0;
  /** u16[3][width]: range, sigma, amplitude of a further return; LiDAR only. */
  secondLine: usize = 0;
  thirdLine: usize = 0;
  /** i16[width], u16[width]: see stages/spread.ts; LiDAR only. */
  spreadLine: usize = 0;
  flagsLine: usize = 0;
  packedLine: usize = 0;

  // Tables.
  /** i16[templateCount + 1][paddedGates]; the last row is all ones. */
  templates: usize = 0;
  /** f32[templateCount][2]: electrons per unit of correlation, mean share of the gates. */
  templateScales: usize = 0;
  /** f32[][paddedGates]: times and exponentials of the gates' edges, see stages/response.ts. */
  edges: usize = 0;

  // Scratch of one tile of 8 columns.
  /** u16[paddedGates][8]: codes, clipped at the saturation level. */
  codes: usize = 0;
  /** u16[8]: saturated gates of each column, padding left out. */
  saturatedGates: usize = 0;
  /** i16[paddedGates / 2][16]: codes - 32768, two gates interleaved. */
  pairs: usize = 0;
  /** i32[templateCount + 1][8]. */
  correlations: usize = 0;
  /** f32[8][paddedGates]: electrons, pixel by pixel. */
  electrons: usize = 0;
  /** f32[2][paddedGates]: share of each gate at the present return time, and its slope. */
  response: usize = 0;
  /** f64[][paddedGates + 2]: columns of a joint fit, see returns/columns.ts; only where several returns are looked for. */
  columns: usize = 0;
  /** f32[12]: sums of one evaluation. */
  sums: usize = 0;
  /** f32[10][4]: the same before the lanes are added; scalar build only. */
  laneSums: usize = 0;
  /** u32[8]: best template of each column. */
  bestTemplates: usize = 0;

  // Reports.
  openLines: usize = 0;
  openRaw: usize = 0;
  reports: usize = 0;
  usedBytes: usize = 0;

  // Constants of the estimator.
  /** Length of the range window. */
  spanNs: f64 = 0;
  templateStepNs: f64 = 0;
  noiseVarianceE2: f32 = 0;
  /** Electrons per 1/16 DN. */
  gainE16: f32 = 0;
  /** Factor of the dark map in this frame. */
  darkScale: f32 = 0;
}

export const setup = changetype<Setup>(memory.data(offsetof<Setup>()));

/** Place of the second return in a row's record. */
export const SECOND_LINE: u32 = 5;

/** Address of the line of a component, by its place in a row's record. */
export function componentLine(index: u32): usize {
  return load<usize>(changetype<usize>(setup) + index * sizeof<usize>(), offsetof<Setup>("rangeLine"));
}
