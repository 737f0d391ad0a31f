import { describe, expect, it } from "vitest";
import { DOCUMENT_FOLDERS, DOCUMENT_KINDS } from "../../hw-profiles/document-kind.ts";
import { documentNames } from "../../hw-profiles/load/document-files.ts";
import { SOURCE_KEYS } from "../../hw-profiles/schema/quantity.ts";
import { CHOI_2021 } from "./papers/choi2021.ts";
import { FILMS } from "./papers/films.ts";
import { CELLS, IMAGERS, LASERS } from "./papers/review.ts";
import { TABLE_4 } from "./papers/table4.ts";
import { parseFigure, type Transcriptions } from "./papers/transcription.ts";
import { readPackageDocument } from "./profile-files.ts";

const PAPERS: Transcriptions = { ...CHOI_2021, ...TABLE_4, ...IMAGERS, ...LASERS, ...CELLS, ...FILMS };

/** Sensors of the project's own design: no paper describes them. */
const OWN_DESIGN = /^sensors\/(inas|pbs)-/;

const documents = DOCUMENT_KINDS.flatMap((kind) =>
  documentNames(kind).map((name) => `${DOCUMENT_FOLDERS[kind]}/${name}`),
).filter((document) => !OWN_DESIGN.test(document));

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function publishedOf(node: unknown): unknown[] {
  if (!isRecord(node)) return [];
  const { published } = node;
  if (Array.isArray(published)) return published;
  return publishedOf(node["device"]);
}

/** Published figures without what is not printed in the table: place, and remarks on misprints. */
function comparable(figures: readonly unknown[]): unknown[] {
  return figures.map((figure) => {
    const { source: _source, flag: _flag, ...rest } = isRecord(figure) ? figure : {};
    return rest;
  });
}

interface Cited {
  readonly path: string;
  readonly value: number;
  readonly unit: string;
}

/** Every number below a node whose source is a paper. */
function citedNumbers(node: unknown, path: string): Cited[] {
  if (!isRecord(node)) return [];
  const { value, unit, source } = node;
  if (typeof source === "string" && value !== undefined) {
    if (!SOURCE_KEYS.some((key) => source.startsWith(`${key} `))) return [];
    const numbers = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "number");
    return numbers.map((number) => ({ path, value: number, unit: String(unit) }));
  }
  return Object.entries(node).flatMap(([key, child]) =>
    key === "published" ? [] : citedNumbers(child, `${path}.${key}`),
  );
}

function parseInputs(text: string): Set<string> {
  return new Set(
    text.split(",").map((entry) => {
      const [value = "", unit = ""] = entry.trim().split(" ");
      return `${Number(value)} ${unit}`;
    }),
  );
}

describe("documents against what the papers print", () => {
  it("has a transcription for every document", () => {
    expect(documents.filter((document) => PAPERS[document] === undefined)).toEqual([]);
    expect(Object.keys(PAPERS).filter((document) => !documents.includes(document))).toEqual([]);
  });

  it.each(documents)("%s publishes the printed figures, no more and no less", (document) => {
    const figures = comparable(publishedOf(readPackageDocument(`${document}.json`)));
    expect(figures).toEqual((PAPERS[document]?.figures ?? []).map(parseFigure));
  });

  it.each(documents)("%s cites printed numbers only", (document) => {
    const printed = parseInputs(PAPERS[document]?.inputs ?? "");
    const cited = citedNumbers(readPackageDocument(`${document}.json`), document);
    expect(cited.filter(({ value, unit }) => !printed.has(`${value} ${unit}`))).toEqual([]);
  });

  it("keeps the flags of misprints and contradictions", () => {
    const flagged = documents.filter((document) =>
      publishedOf(readPackageDocument(`${document}.json`)).some(
        (figure) => isRecord(figure) && "flag" in figure,
      ),
    );
    expect(flagged).toEqual([
      "detectors/meng-ref106-photodiode",
      "detectors/meng-ref107-photodiode",
      "detectors/meng-ref99-photodiode",
      "emitters/meng-ref74-laser",
      "spectra/am15",
    ]);
  });
});
