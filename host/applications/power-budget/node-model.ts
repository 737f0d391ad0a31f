/**
 * What a sensor node without a battery consumes. All figures are assumed, each with its reason: no paper gives a node's.
 * Not in it: a cooler (the chip runs at the temperature of its surroundings), light sources, losses of a store.
 */
export interface NodeModel {
  /** Column converter, J per clock cycle while it counts. */
  readonly adcJPerCycle: number;
  /** Column line and its driver, J per pixel and read. */
  readonly lineJPerSample: number;
  /** Output bus, J per bit. */
  readonly busJPerBit: number;
  /** Clock, references and bias of the chip, W from a frame's reset to its last line. */
  readonly chipActiveW: number;
  /** Readout logic on the microcontroller, J per pixel and read. */
  readonly logicJPerSample: number;
  /** Sent values, J per bit. */
  readonly linkJPerBit: Readonly<Record<NodeLink, number>>;
  /** Bits sent for a pixel. */
  readonly sentBitsPerPixel: number;
  /** All parts asleep between frames, W. */
  readonly sleepW: number;
  /** Share of the cell's power that comes out of converter and power-point tracker. */
  readonly converterEfficiency: number;
}

export const NODE_LINKS = ["none", "usb", "radio"] as const;
/** How results leave the node; "none": it keeps what it finds, a heart rate for instance. */
export type NodeLink = (typeof NODE_LINKS)[number];

export const NODE_MODEL: NodeModel = {
  // Assumed: 25 uW for comparator and latches of a column at 400 MHz.
  adcJPerCycle: 6e-14,
  // Assumed: 2 pF of column line moved by 1.8 V from a supply of 3.3 V.
  lineJPerSample: 1.2e-11,
  // Assumed: short differential pairs.
  busJPerBit: 5e-12,
  // Assumed: phase-locked loop, ramp and row drivers of a small chip.
  chipActiveW: 15e-3,
  // Assumed: 50 instructions of 100 pJ on a microcontroller in 40 nm.
  logicJPerSample: 5e-9,
  linkJPerBit: {
    none: 0,
    // Assumed: 200 mW of a high-speed transceiver at 200 Mbit/s of payload.
    usb: 1e-9,
    // Assumed: 10 mW at 1 Mbit/s, as short-range radios have.
    radio: 1e-8,
  },
  // Assumed: the intensity alone, 16 bits.
  sentBitsPerPixel: 16,
  // Assumed: 20 uW chip, 15 uW microcontroller, 5 uW link, 5 uW power management.
  sleepW: 45e-6,
  // Assumed: a boost converter at milliwatts.
  converterEfficiency: 0.85,
};
