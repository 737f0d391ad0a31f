import type { Transport } from "../../host/transport/transport.ts";

/** A reader that has stopped reading; the device goes on sending. */
export interface Stall {
  /** Resolves when the system has got so many reports since the stall began. */
  readonly arrived: (reports: number) => Promise<void>;
  /** Read on. */
  readonly end: () => Promise<void>;
}

/** A transport whose reader can stall: what arrives waits in the system's ring, which keeps 63 reports and loses what comes then. */
export interface StallableTransport extends Transport {
  readonly stall: () => Promise<Stall>;
}

/** The cable of a board that a program can pull. */
export interface Cable {
  /** Resolves when the device is gone from the bus. */
  readonly unplug: () => Promise<void>;
  /** Resolves when it can be opened again. */
  readonly plug: () => Promise<void>;
}

export interface BoardUnderTest {
  readonly serialNumber: string;
  readonly speed: "high" | "full";
  readonly open: () => Promise<StallableTransport>;
  /** Registers over HID, data over the vendor's bulk interface; undefined where there is none. */
  readonly openBulk?: () => Promise<Transport>;
  /** Undefined where nobody can pull it, as that of a board on a desk. */
  readonly cable: Cable | undefined;
}

/** What a simulated board of the same profile, scene and seed gives in process. */
export interface Reference {
  /** SHA-256 of frame 0, 1, ... */
  readonly frames: readonly string[];
  /** Every readable register after power-on, as text. */
  readonly registers: Readonly<Record<string, string>>;
}

/** One way to reach boards: the same checks run on all of them. */
export interface Bench {
  /** "sim", "hidraw". */
  readonly name: string;
  /** At least one; all of them are plugged in, with default settings, and nobody uses them. */
  readonly boards: readonly BoardUnderTest[];
  /** Serial numbers of the boards that the system lists. */
  readonly listed: () => Promise<readonly string[]>;
  /** Undefined for a real board: no two of its frames are alike. */
  readonly reference: Reference | undefined;
  /** Decides what the seeded checks do. */
  readonly seed: number;
}
