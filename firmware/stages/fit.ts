// The present pixel's estimates, handed from stage to stage.

@unmanaged
export class Fit {
  /** Least signal of a clipped gate, electrons. */
  limitE: f64 = 0;
  /** Gates that are not clipped and whose signal stands out of the noise; set where others are clipped. */
  signalGates: u32 = 0;
  /** Mean of the gates, electrons: the background if nothing returned. */
  meanE: f64 = 0;
  /** Electrons of all pulses of a gate plane. */
  amplitudeE: f64 = 0;
  /** Ambient and dark electrons of a gate. */
  backgroundE: f64 = 0;
  /** Return time from the start of the window, ns. */
  positionNs: f64 = 0;
  amplitudeVariance: f64 = 0;
  /** ns^2. */
  positionVariance: f64 = 0;
  /** Chi-square per degree of freedom. */
  misfit: f64 = 0;
}

export const fit = changetype<Fit>(memory.data(offsetof<Fit>()));
