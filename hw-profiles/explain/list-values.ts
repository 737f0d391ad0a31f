/** One value of a profile document as it was written. */
export interface ExplainedValue {
  /** Document kind and dotted path: "sensor.adc.bits", "detector.eqePoints.0.eqe". */
  readonly path: string;
  readonly value: number | string | boolean | readonly number[];
  /** "" for words and flags. */
  readonly unit: string;
  readonly source: string;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isValue(value: unknown): value is ExplainedValue["value"] {
  return Array.isArray(value) || ["number", "string", "boolean"].includes(typeof value);
}

/** Place of a printed figure, what is meant, and the flag of a misprint. */
function publishedSource(node: Readonly<Record<string, unknown>>, source: string): string {
  const { quantity, reading, condition, flag } = node;
  const words = [quantity, reading === "exact" ? undefined : reading, condition].filter(Boolean).join(", ");
  return `${source}: printed ${words}${typeof flag === "string" ? `; FLAG: ${flag}` : ""}`;
}

/** Every value with a source below `node`, in the order of the document. */
export function listValues(node: unknown, path: string): ExplainedValue[] {
  if (!isRecord(node)) return [];
  const { value, unit, source } = node;
  const unitText = typeof unit === "string" ? unit : "";
  if (isValue(value) && typeof source === "string") return [{ path, value, unit: unitText, source }];
  if (Array.isArray(node["values"]) && typeof source === "string") {
    return [{ path, value: node["values"], unit: unitText, source: publishedSource(node, source) }];
  }
  return Object.entries(node).flatMap(([key, child]) => listValues(child, `${path}.${key}`));
}
