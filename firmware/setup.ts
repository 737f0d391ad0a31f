// What configure() derives from the parameter block: addresses of the buffers and constants of the stages. Static fields
// are globals of the module: a third of the code that the same fields in memory take, and no store of a loop touches them.

/** Vectors correlate with so many templates at a time, and write as many rows of correlations. */
export const TEMPLATES_IN_STEP: u32 = 3;

export class setup {
  // Sizes.
  static width: u32 = 0;
  static height: u32 = 0;
  /** Planes of samples: gates K, or reads N. */
  static gates: u32 = 0;
  /** Gates rounded up to a multiple of 4 lanes. Padding gates look saturated, so they weigh nothing. */
  static paddedGates: u32 = 0;
  static templateCount: u32 = 0;
  static reportCapacity: u32 = 0;
  static saturationDn: u32 = 0;

  // Line buffers.
  static samples: usize = 0;
  static offsetMap: usize = 0;
  static darkMap: usize = 0;
  static badMap: usize = 0;
  /** LiDAR only. */
  static timeMap: usize = 0;
  /** Lines of the components, in the order of a row's record. */
  static rangeLine: usize = 0;
  static sigmaLine: usize = 0;
  static amplitudeLine: usize = 0;
  static ambientLine: usize = 0;
  static intensityLine: usize = 0;
  /** u16[3][width]: range, sigma, amplitude of a further return; LiDAR only. */
  static secondLine: usize = 0;
  static thirdLine: usize = 0;
  /** i16[width], u16[width]: see stages/spread.ts; LiDAR only. */
  static spreadLine: usize = 0;
  static flagsLine: usize = 0;
  static packedLine: usize = 0;

  // Tables.
  /** i16[templateCount + 1][paddedGates]; the last row is all ones. */
  static templates: usize = 0;
  /** f32[templateCount][2]: electrons per unit of correlation, mean share of the gates. */
  static templateScales: usize = 0;
  /** f32[][paddedGates]: times and exponentials of the gates' edges, see stages/response.ts. */
  static edges: usize = 0;

  // Scratch of one tile of 8 columns.
  /** u16[paddedGates][8]: codes, clipped at the saturation level. */
  static codes: usize = 0;
  /** u16[8]: saturated gates of each column, padding left out. */
  static saturatedGates: usize = 0;
  /** i16[paddedGates / 2][16]: codes - 32768, two gates interleaved. */
  static pairs: usize = 0;
  /** i32[templateCount + TEMPLATES_IN_STEP][8]: with every template, then with the row of ones. */
  static correlations: usize = 0;
  /** f32[8][paddedGates]: electrons, pixel by pixel. */
  static electrons: usize = 0;
  /** f32[2][paddedGates]: share of each gate at the present return time, and its slope. */
  static response: usize = 0;
  /** f64[12]: sums of one evaluation. */
  static sums: usize = 0;
  /** f32[10][4]: the same before the lanes are added; scalar build only. */
  static laneSums: usize = 0;
  /** u32[8]: best template of each column. */
  static bestTemplates: usize = 0;

  // Reports.
  static openLines: usize = 0;
  static openRaw: usize = 0;
  static reports: usize = 0;
  static usedBytes: usize = 0;

  // Constants of the estimator.
  /** Length of the range window. */
  static spanNs: f64 = 0;
  static templateStepNs: f64 = 0;
  static noiseVarianceE2: f32 = 0;
  /** Electrons per 1/16 DN. */
  static gainE16: f32 = 0;
  /** Factor of the dark map in this frame. */
  static darkScale: f32 = 0;
}

/** Address of the line of a component, by its place in a row's record. */
export function componentLine(index: u32): usize {
  if (index === 0) return setup.rangeLine;
  if (index === 1) return setup.sigmaLine;
  if (index === 2) return setup.amplitudeLine;
  if (index === 3) return setup.ambientLine;
  if (index === 4) return setup.intensityLine;
  if (index === 5) return setup.secondLine;
  if (index === 6) return setup.thirdLine;
  return index === 7 ? setup.spreadLine : setup.flagsLine;
}
