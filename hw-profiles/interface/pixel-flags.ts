// One byte of flags per pixel, in the FLAGS component, in files and on the screen.

/** No return above the detection threshold: range, sigma and amplitude are 0 and mean nothing. */
export const PIXEL_NO_RETURN = 0x01;
/** A return, but its amplitude is below the low-signal threshold (in units of its own sigma). */
export const PIXEL_LOW_SIGNAL = 0x02;
/** At least one gate sample is at or above the saturation level; such gates count as "at least that" in the fit. */
export const PIXEL_SATURATED = 0x04;
/** Chi-square of the fit exceeds the misfit threshold: several returns, or the model does not hold. Imaging: a jump was left out. */
export const PIXEL_MISFIT = 0x08;
/** Listed in the defect map of the device: range is 0 and means nothing. */
export const PIXEL_BAD = 0x10;
/** The estimate ran into the end of the range window. */
export const PIXEL_WINDOW = 0x20;
/** Imaging: a defect whose value was made from its neighbours. Set beside PIXEL_BAD. */
export const PIXEL_REPLACED = 0x40;
/** LiDAR: more than one surface, told apart by the waveform (further returns) or by the neighbours (host). */
export const PIXEL_SEVERAL = 0x40;
/** Set by the host only: the bytes of this pixel were lost on the way. */
export const PIXEL_MISSING = 0x80;

/** A pixel with one of these has no range. */
export const PIXEL_INVALID = 0x91;
