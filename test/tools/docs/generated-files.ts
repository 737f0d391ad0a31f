import { DOCUMENT_KINDS, type DocumentKind } from "../../../hw-profiles/document-kind.ts";
import { profileJsonSchema } from "../../../hw-profiles/schema/json-schema.ts";
import { documentsPage } from "./documents-page.ts";
import { flashPage } from "./flash-page.ts";
import { imagePage } from "./image-page.ts";
import { pointsModule } from "./points-module.ts";
import { registersPage } from "./registers-page.ts";
import { reportsPage } from "./reports-page.ts";
import { statusPage } from "./status-page.ts";

function schemaFile(kind: DocumentKind): readonly [path: string, content: string] {
  const content = `${JSON.stringify(profileJsonSchema(kind), undefined, 2)}\n`;
  return [`hw-profiles/schema/${kind}.schema.json`, content];
}

/** Path from the repository root and content of every generated file. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/documents.md", documentsPage()],
    ["docs/flash.md", flashPage()],
    ["docs/image.md", imagePage()],
    ["docs/registers.md", registersPage()],
    ["docs/reports.md", reportsPage()],
    ["docs/status.md", statusPage()],
    ["host/geometry/points-module.ts", pointsModule()],
    ...DOCUMENT_KINDS.map(schemaFile),
  ]);
}
