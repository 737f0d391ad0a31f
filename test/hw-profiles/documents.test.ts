import { describe, expect, it } from "vitest";
import { DOCUMENT_FOLDERS, DOCUMENT_KINDS } from "../../hw-profiles/document-kind.ts";
import { explainProfile } from "../../hw-profiles/load/explain-profile.ts";
import { lintProfile } from "../../hw-profiles/load/lint-profile.ts";
import { listDocuments } from "../../hw-profiles/load/list-documents.ts";
import { loadDevice, loadMaterial } from "../../hw-profiles/load/load-part.ts";
import { readPackageDocument } from "./profile-files.ts";

const listed = DOCUMENT_KINDS.flatMap(listDocuments);
const rows = listed.map(({ kind, name }) => [kind, name] as const);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Numbers that stand outside of a value with unit and source, by path. */
function bareNumbers(node: unknown, path: string): string[] {
  if (typeof node === "number") return [path];
  if (!isRecord(node)) return [];
  const isSourced = typeof node["source"] === "string" && typeof node["unit"] === "string";
  if (isSourced && ("value" in node || "values" in node)) return [];
  return Object.entries(node).flatMap(([key, child]) => bareNumbers(child, `${path}.${key}`));
}

describe("every document of the package", () => {
  it("is there", () => {
    const counts = DOCUMENT_KINDS.map((kind) => listed.filter((document) => document.kind === kind).length);
    expect(counts).toEqual([10, 27, 12, 5, 3, 20]);
    for (const { title } of listed) expect(title.length).toBeGreaterThan(4);
  });

  it.each(rows)("%s %s is sound", (kind, name) => {
    expect(lintProfile(name, kind)).toEqual([]);
  });

  it.each(rows)("%s %s has unit and source for every number", (kind, name) => {
    const document = readPackageDocument(`${DOCUMENT_FOLDERS[kind]}/${name}.json`);
    const numbers = bareNumbers(document, name);
    expect(numbers).toEqual(kind === "sensor" ? [`${name}.deviceSeed`] : []);
    expect(document["kind"]).toBe(kind);
    expect(document["name"]).toBe(name);
  });

  it.each(rows)("%s %s can be explained", (kind, name) => {
    const { values, derived, documents } = explainProfile(name, kind);
    expect(values.length).toBeGreaterThan(2);
    for (const { source, path } of values)
      expect(source, path).toMatch(/^(\w+2\d{3} |assumed: |derived: )\S/);
    for (const { value, name: quantity } of derived) expect(value, quantity).not.toBeNaN();
    expect(documents[kind]).toContain(`${name}.json`);
  });

  it("names a material and a row of its table in every detector", () => {
    for (const { name } of listDocuments("detector")) {
      const { material, process } = loadDevice(name);
      const { family } = loadMaterial(material);
      expect(family, name).toBe("ligand");
      expect(process, name).toBeDefined();
      expect(explainProfile(name, "detector").derived.length, name).toBeGreaterThan(3);
    }
  });
});

describe("names", () => {
  it("mean the first kind that has them unless told", () => {
    expect(explainProfile("hgte").documents.detector).toContain("hgte.json");
    expect(explainProfile("hgte", "material").documents.material).toContain("materials");
  });

  it("that are nowhere are refused, with the nearest of all kinds", () => {
    expect(lintProfile("cdse-nlp")).toMatchObject([{ suggestion: "cdse-npl" }]);
    expect(lintProfile("meng-ref74-lasr")).toMatchObject([{ suggestion: "meng-ref74-laser" }]);
    expect(lintProfile("inas", "spectrum")[0]?.found).toContain("no spectrum of the name");
  });
});
