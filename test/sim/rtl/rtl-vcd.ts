import { parseVcd } from "../../support/vcd.ts";
import type { Change, Waves } from "./waves.ts";

/** A cycle of the bench has 2 P units of time; cycle 0 is one unit and `origin` cycles from its start. */
export interface BenchTime {
  readonly phases: number;
  readonly origin: number;
}

/** Cycles that the bench takes to reset the chip and to write its gate table. */
export function originCycle(gates: number): number {
  return gates + 8;
}

const END = "$enddefinitions $end";

/** Waves of the bench: by documented names, and code_lN, comparator_lN, valid_lN of latch N. What has the value before is no change. */
export function readRtlVcd(text: string, { phases, origin }: BenchTime): Waves {
  const { aliases, header } = documentedHeader(text);
  const initial = new Map<string, number>();
  const values = new Map<string, number>();
  const changes: Change[] = [];
  for (const { name: id, time, value } of parseVcd(header + text.slice(text.indexOf(END))).changes) {
    if (values.get(id) === value) continue;
    values.set(id, value);
    const units = Number(time) - origin * 2 * phases - 1;
    const cycle = Math.floor(units / (2 * phases));
    const phase = (units - cycle * 2 * phases) / 2;
    for (const name of aliases.get(id)!) {
      if (units <= 0) initial.set(name, value);
      else changes.push({ cycle, phase, name, value });
    }
  }
  return { initial, changes };
}

/** The header with each wire under its short name, and the documented names of these wires. */
function documentedHeader(text: string): { header: string; aliases: Map<string, string[]> } {
  const aliases = new Map<string, string[]>();
  const suffixes: string[] = [];
  for (const line of text.slice(0, text.indexOf(END)).split("\n")) {
    const scope = /^\$scope \w+ (\w+)(?:\[(\d+)\])? \$end/.exec(line);
    if (scope !== null) suffixes.push(scope[2] === undefined ? "" : `_${scope[1]}${scope[2]}`);
    if (line.startsWith("$upscope")) suffixes.pop();
    const wire = /^\$var \w+ \d+ (\S+) (\w+)/.exec(line);
    if (wire === null) continue;
    const [, id, name] = wire;
    aliases.set(id!, [...(aliases.get(id!) ?? []), name! + suffixes.join("")]);
  }
  const header = [...aliases.keys()].map((id) => `$var wire 1 ${id} ${id} $end\n`).join("");
  return { aliases, header };
}
