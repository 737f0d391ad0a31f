/** A VCD file, parsed by its own rules: values by signal name. */
export interface Vcd {
  readonly timescale: string;
  readonly signals: ReadonlyMap<string, string>;
  readonly changes: readonly VcdChange[];
  readonly endTime: bigint;
}

export interface VcdChange {
  readonly time: bigint;
  readonly name: string;
  readonly value: number;
}

/** Initial values count as changes at the first time. @throws Error at the first line that is no VCD. */
export function parseVcd(text: string): Vcd {
  const end = text.indexOf("$enddefinitions $end");
  if (end < 0) throw new Error("found no $enddefinitions");
  const names = new Map<string, string>();
  const signals = new Map<string, string>();
  for (const [, kind, bits, id, name] of text
    .slice(0, end)
    .matchAll(/\$var\s+(\w+)\s+(\d+)\s+(\S+)\s+(\S+).*?\$end/g)) {
    names.set(id!, name!);
    signals.set(name!, `${kind} ${bits}`);
  }
  const changes: VcdChange[] = [];
  let time = 0n;
  for (const line of text.slice(end).split("\n").slice(1)) {
    if (line === "" || line.startsWith("$")) continue;
    if (line.startsWith("#")) {
      const next = BigInt(line.slice(1));
      if (changes.length > 0 && next < time) throw new Error(`time ${next} follows ${time}`);
      time = next;
      continue;
    }
    const [, value, id] = /^([01]|b[01]+ |r\S+ )(\S+)$/.exec(line) ?? [];
    const name = names.get(id ?? "");
    if (value === undefined || name === undefined) throw new Error(`found "${line}", expected a change`);
    changes.push({ time, name, value: numberOf(value.trim()) });
  }
  const timescale = /\$timescale\s+(\d+)\s*(\w+)\s+\$end/.exec(text);
  return { timescale: `${timescale?.[1]} ${timescale?.[2]}`, signals, changes, endTime: time };
}

function numberOf(text: string): number {
  if (text.startsWith("b")) return Number.parseInt(text.slice(1), 2);
  return Number(text.replace("r", ""));
}
