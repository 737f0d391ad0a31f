/** What registers can change on a board of either mode. Settings take effect at the next frame's start. */
export interface CommonSettings {
  /** COMPONENT_* bits. */
  readonly components: number;
  /** PIXEL_FORMAT_*. */
  readonly rawFormat: number;
  /** Column and row, or PROBE_OFF. */
  readonly probeX: number;
  readonly probeY: number;
  readonly temperatureMk: number;
  /** Frames of one acquisition; 0 = until AcquisitionStop. */
  readonly frameCount: number;
}

/**
 * Holds a board's settings: a new object for every change, so that a frame keeps those that it started with. Changes can be
 * held back, so that several registers take effect with the same frame.
 */
export class SettingsStore<Settings> {
  #present: Settings;
  /** What frames keep while changes are held back. */
  #held: Settings | undefined;

  constructor(initial: Settings) {
    this.#present = initial;
  }

  /** The settings as they are written. */
  get present(): Settings {
    return this.#present;
  }

  /** The settings that the next frame will have. */
  get ofNextFrame(): Settings {
    return this.#held ?? this.#present;
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** Hold changes back from the frames, or let them through. */
  hold(isHeld: boolean): void {
    this.#held = isHeld ? this.ofNextFrame : undefined;
  }

  change(changes: Partial<Settings>): void {
    this.#present = { ...this.#present, ...changes };
  }

  /** @returns what puts the present settings back. */
  snapshot(): () => void {
    const kept = this.#present;
    const held = this.#held;
    return () => {
      this.#present = kept;
      this.#held = held;
    };
  }
}

export const CELSIUS_ZERO_MK = 273150;
