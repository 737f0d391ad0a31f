/** What the search for mixed pixels needs of a decoded frame, row-major; a DepthFrame has it all. */
export interface MixedInput {
  readonly width: number;
  readonly height: number;
  /** Radial range, m. */
  readonly rangeM: Float32Array;
  /** Standard deviation of the range, m. A pixel with none, or an infinite one, is passed over. */
  readonly sigmaM: Float32Array;
  /** Electrons of the return; empty when the component is not enabled: then surfaces count as equally reflective. */
  readonly amplitudeE: Float32Array;
  /** Signed root of the variance of depth inside a pixel, m, and root of that variance's sigma; empty when not enabled. */
  readonly spreadM: Float32Array;
  readonly spreadSigmaM: Float32Array;
  /** Pixels with PIXEL_INVALID have no range; PIXEL_SEVERAL: the waveform already tells several surfaces. */
  readonly flags: Uint8Array;
}

/**
 * Mixed pixels and what they see, row-major. In a pixel that is not labelled all depths are 0. A depth that neighbours
 * tell nothing about is 0 with an infinite sigma. Measured ranges are not touched.
 */
export interface MixedPixels {
  readonly width: number;
  readonly height: number;
  /** The frame's flags, with PIXEL_SEVERAL where a pixel sees two surfaces. */
  readonly flags: Uint8Array;
  /** Probability that a pixel sees two surfaces, 0..1; 0 away from edges. */
  readonly probability: Float32Array;
  /** Radial range of the near surface within the pixel, m. */
  readonly nearM: Float32Array;
  readonly nearSigmaM: Float32Array;
  /** Radial range of the far surface, m. */
  readonly farM: Float32Array;
  readonly farSigmaM: Float32Array;
  /** Share of the signal that comes from the near surface, 0..1. */
  readonly nearFraction: Float32Array;
  /** Pixels that carry PIXEL_SEVERAL. */
  readonly mixedPixels: number;
}
