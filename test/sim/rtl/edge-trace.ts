import type { Trace, TraceEdge, TraceSignal } from "../../../host/transport/transport.ts";

/** A signal of the sequencer's machine, by its index there. */
interface MachineSignal {
  readonly name: string;
  readonly bits: TraceSignal["bits"];
  readonly index: number;
}

interface MachineEdge {
  readonly cycle: number;
  readonly phase: number;
  readonly signal: number;
  readonly value: number;
}

/** A change on a pixel's signal, on a whole cycle. */
export interface PixelEdge {
  readonly cycle: number;
  readonly name: string;
  readonly value: number;
}

export interface EdgeTraceContent {
  readonly clockHz: number;
  readonly phasesPerCycle: number;
  readonly frames: number;
  readonly signals: readonly MachineSignal[];
  readonly edges: readonly MachineEdge[];
  readonly pixels?: readonly PixelEdge[];
}

/** Edges of the machine as a trace that the VCD writer takes. What does not change a pixel's signal is no edge. */
export function edgeTrace(content: EdgeTraceContent): Trace {
  const { clockHz, frames, phasesPerCycle } = content;
  const pixels = [...(content.pixels ?? [])].sort((a, b) => a.cycle - b.cycle);
  const pixelNames = [...new Set(pixels.map(({ name }) => name))];
  const signals: TraceSignal[] = [...content.signals, ...pixelNames.map((name) => ({ name, bits: 16 }))].map(
    ({ bits, name }) => ({ name, bits, expectedEdges: 0, isFast: false }),
  );
  const places = new Map(signals.map(({ name }, place) => [name, place]));
  const machinePlaces = new Map(content.signals.map(({ index }, place) => [index, place]));
  const all: TraceEdge[] = [
    ...content.edges.map((edge) => ({ ...edge, signal: machinePlaces.get(edge.signal)! })),
    ...changing(pixels).map(({ cycle, name, value }) => ({
      cycle,
      phase: 0,
      signal: places.get(name)!,
      value,
    })),
  ].sort((a, b) => a.cycle - b.cycle || a.phase - b.phase);
  return {
    clockHz,
    phasesPerCycle,
    frames,
    frameCycles: 0,
    fromCycle: 0,
    toCycle: all.at(-1)!.cycle,
    signals,
    edges: () => Promise.resolve(all),
  };
}

function changing(edges: readonly PixelEdge[]): PixelEdge[] {
  const values = new Map<string, number>();
  return edges.filter(({ name, value }) => {
    const isChange = (values.get(name) ?? 0) !== value;
    values.set(name, value);
    return isChange;
  });
}
