import { InvalidArgumentError } from "commander";
import { nearestName } from "../../../hw-profiles/resolve/nearest-name.ts";
import type { ChipDeviation } from "../../open-camera.ts";
import { nameList } from "../parse-value.ts";

/** Units of a kind of value, and what one of them is in the unit of the field. "": a number without unit. */
type Units = Readonly<Record<string, number>>;

const TIME: Units = { ps: 0.001, ns: 1, us: 1000 };
const SHARE: Units = { "": 1, "%": 0.01 };

interface DeviationKey {
  readonly field: keyof ChipDeviation;
  readonly units: Units;
  readonly example: string;
}

const KEYS: Readonly<Record<string, DeviationKey>> = {
  tau: { field: "tauFactor", units: { "": 1 }, example: "tau=1.1" },
  pulse: { field: "pulseNs", units: TIME, example: "pulse=2ns" },
  offset: { field: "offsetNs", units: TIME, example: "offset=1ns" },
  gate: { field: "gateInlNs", units: TIME, example: "gate=200ps" },
  step: { field: "gateStepNs", units: TIME, example: "step=20ps" },
  width: { field: "gateWidthNs", units: TIME, example: "width=100ps" },
  tail: { field: "tailFraction", units: SHARE, example: "tail=10%" },
  "tail-tau": { field: "tailTauNs", units: TIME, example: "tail-tau=300ns" },
  temperature: { field: "temperatureK", units: { K: 1 }, example: "temperature=25K" },
  mobility: { field: "mobilityActivationEv", units: { eV: 1, meV: 0.001 }, example: "mobility=20meV" },
  line: { field: "biasLineNs", units: TIME, example: "line=300ps" },
  pixel: { field: "pixelNs", units: TIME, example: "pixel=50ps" },
};

/** "tau=1.1,pulse=2ns" as a deviation. Limits are checked by the device. */
export function chipDeviations(text: string): Partial<ChipDeviation> {
  const deviation: { -readonly [Field in keyof ChipDeviation]?: number } = {};
  for (const item of nameList(text)) {
    const equals = item.indexOf("=");
    const name = equals < 0 ? item : item.slice(0, equals).trim();
    const key = keyOf(name);
    deviation[key.field] = quantityOf(item, equals < 0 ? "" : item.slice(equals + 1).trim(), key);
  }
  return deviation;
}

function keyOf(name: string): DeviationKey {
  const key = Object.hasOwn(KEYS, name) ? KEYS[name] : undefined;
  if (key !== undefined) return key;
  const names = Object.keys(KEYS);
  const near = nearestName(name, names);
  const hint = near ? `; did you mean ${near}?` : "";
  throw new InvalidArgumentError(
    `found the deviation ${JSON.stringify(name)}, expected one of ${names.join(", ")}${hint}`,
  );
}

function quantityOf(item: string, text: string, { example, units }: DeviationKey): number {
  const [, digits = "", unit = ""] = /^([-+]?[\d.]+(?:e[-+]?\d+)?)\s*([a-zA-Z%]*)$/.exec(text) ?? [];
  const scale = Object.hasOwn(units, unit) ? units[unit] : undefined;
  const value = digits === "" ? Number.NaN : Number(digits);
  if (scale !== undefined && Number.isFinite(value)) return value * scale;
  const known = Object.keys(units).filter((name) => name !== "");
  const expected = known.length === 0 ? "without unit" : `in ${known.join(", ")}`;
  throw new InvalidArgumentError(
    `found ${JSON.stringify(item)}, expected a number ${expected}, such as ${example}`,
  );
}
