import { z } from "zod";

type Schema = z.core.$ZodType;

function unwrap(schema: Schema): Schema {
  const optional = schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional;
  return optional ? unwrap(schema.unwrap()) : schema;
}

function child(schema: Schema, key: PropertyKey): Schema | undefined {
  const parent = unwrap(schema);
  if (parent instanceof z.ZodArray) return parent.element;
  if (parent instanceof z.ZodObject) return (parent.shape as Record<PropertyKey, Schema>)[key];
  return undefined;
}

/** The schema that stands at a path of a document, undefined where there is none. */
export function schemaAt(root: Schema, path: readonly PropertyKey[]): Schema | undefined {
  let at: Schema | undefined = root;
  for (const key of path) at = at === undefined ? undefined : child(at, key);
  return at === undefined ? undefined : unwrap(at);
}

/** Keys that an object schema knows; empty for everything else. */
export function keysOf(schema: Schema | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** Unit of the quantity whose value stands at `path`, "" when it is not one or has unit 1. */
function unitAt(root: Schema, path: readonly PropertyKey[]): string {
  const end = path.lastIndexOf("value");
  const unit = end < 0 ? undefined : schemaAt(root, [...path.slice(0, end), "unit"]);
  return unit instanceof z.ZodLiteral && unit.value !== "1" ? ` ${String(unit.value)}` : "";
}

function describeString(schema: z.ZodString): string {
  if (schema.description !== undefined) return schema.description;
  const length = schema.maxLength === null ? "" : ` of at most ${schema.maxLength} characters`;
  return `a non-empty string${length}`;
}

/** What a document must hold at `path`, in words: type, range, unit. */
export function describeExpected(root: Schema, path: readonly PropertyKey[]): string {
  const schema = schemaAt(root, path);
  if (schema instanceof z.ZodNumber) {
    const kind = schema.isInt ? "an integer" : "a number";
    return `${kind} from ${schema.minValue} to ${schema.maxValue}${unitAt(root, path)}`;
  }
  if (schema instanceof z.ZodLiteral) return JSON.stringify(schema.value);
  if (schema instanceof z.ZodEnum) return schema.options.map((word) => JSON.stringify(word)).join(" or ");
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodString) return describeString(schema);
  if (schema instanceof z.ZodArray) return "a list with at least one entry";
  return `an object with ${keysOf(schema).join(", ")}`;
}
