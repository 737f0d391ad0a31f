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

/** Every value with a source below `node`, in the order of the document. */
export function listValues(node: unknown, path: string): ExplainedValue[] {
  if (!isRecord(node)) return [];
  const { value, unit, source } = node;
  if (isValue(value) && typeof source === "string") {
    return [{ path, value, unit: typeof unit === "string" ? unit : "", source }];
  }
  return Object.entries(node).flatMap(([key, child]) => listValues(child, `${path}.${key}`));
}
