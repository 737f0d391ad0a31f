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

/** Holds a board's settings: a new object for every change, so that a frame keeps those that it started with. */
export class SettingsStore<Settings> {
  #present: Settings;

  constructor(initial: Settings) {
    this.#present = initial;
  }

  /** The settings that the next frame will have. */
  get present(): Settings {
    return this.#present;
  }

  change(changes: Partial<Settings>): void {
    this.#present = { ...this.#present, ...changes };
  }

  /** @returns what puts the present settings back. */
  snapshot(): () => void {
    const kept = this.#present;
    return () => {
      this.#present = kept;
    };
  }
}

export const CELSIUS_ZERO_MK = 273150;
