/** How often a signal changes: edges per frame, plane (gate or read), pulse, row group and counter clock. */
export interface EdgeRate {
  readonly frame: number;
  readonly plane: number;
  readonly pulse: number;
  readonly group: number;
  readonly clock: number;
}

/** What a window holds: frames, planes, pulses, row groups and counter clocks. An upper bound at its ends. */
export type WindowContent = EdgeRate;

export function rate(changes: Partial<EdgeRate>): EdgeRate {
  return { frame: 0, plane: 0, pulse: 0, group: 0, clock: 0, ...changes };
}

/** Edges of a signal of this rate, an upper bound. */
export function edgesWithin(content: WindowContent, perItem: EdgeRate): number {
  return (
    content.frame * perItem.frame +
    content.plane * perItem.plane +
    content.pulse * perItem.pulse +
    content.group * perItem.group +
    content.clock * perItem.clock
  );
}
