import { profileJsonSchema } from "../../../hw-profiles/schema/json-schema.ts";
import { registersPage } from "./registers-page.ts";
import { reportsPage } from "./reports-page.ts";
import { statusPage } from "./status-page.ts";

function schemaFile(kind: "sensor" | "detector" | "emitter"): string {
  return `${JSON.stringify(profileJsonSchema(kind), undefined, 2)}\n`;
}

/** Path from the repository root and content of every generated file. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/registers.md", registersPage()],
    ["docs/reports.md", reportsPage()],
    ["docs/status.md", statusPage()],
    ["hw-profiles/schema/sensor.schema.json", schemaFile("sensor")],
    ["hw-profiles/schema/detector.schema.json", schemaFile("detector")],
    ["hw-profiles/schema/emitter.schema.json", schemaFile("emitter")],
  ]);
}
