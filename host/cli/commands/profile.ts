import { Command, Option } from "commander";
import { DOCUMENT_KINDS, type DocumentKind } from "../../../hw-profiles/document-kind.ts";
import { CommandError, usageError } from "../command-error.ts";
import { EXIT_BAD_INPUT } from "../exit-codes.ts";
import { bold, dim, printJson, printLine } from "../text/terminal.ts";

interface JsonOption {
  readonly json?: true;
}

interface KindOption extends JsonOption {
  readonly kind?: DocumentKind;
}

const KINDS = DOCUMENT_KINDS.join(", ");

function parseKind(text: string): DocumentKind {
  const known = DOCUMENT_KINDS.find((candidate) => candidate === text);
  if (known === undefined) throw usageError(`found kind "${text}", expected one of ${KINDS}`);
  return known;
}

function kindOption(): Option {
  const words = `one of ${KINDS}; where several kinds have the name (default: the first of these)`;
  return new Option("--kind <kind>", words).argParser(parseKind);
}

export function profileCommand(): Command {
  return new Command("profile")
    .description(
      "list, check and explain profiles: sensors, detectors, emitters, materials, spectra, power cells",
    )
    .addCommand(listCommand())
    .addCommand(lintCommand())
    .addCommand(explainCommand())
    .addCommand(schemaCommand())
    .addHelpText(
      "after",
      "\nExamples:\n  cqd profile lint my-sensor.json\n  cqd profile explain inas-lidar-320x240\n  cqd profile list detector",
    );
}

function listCommand(): Command {
  return new Command("list")
    .description("documents of the package by kind")
    .argument("[kind]", `${KINDS}; all without`, parseKind)
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd profile list\n  cqd profile list material --json\n\nJSON: {"documents": [{"kind", "name", "title"}]}',
    )
    .action(async (kind: DocumentKind | undefined, options: JsonOption) => {
      const { listDocuments } = await import("../../../hw-profiles/load/list-documents.ts");
      const kinds = kind === undefined ? DOCUMENT_KINDS : [kind];
      const documents = kinds.flatMap(listDocuments);
      if (options.json) {
        printJson({ documents });
        return;
      }
      const { table } = await import("../text/table.ts");
      for (const of of kinds) {
        printLine(bold(of));
        const rows = documents.filter((document) => document.kind === of);
        for (const line of table(rows.map(({ name, title }) => [`  ${name}`, title]))) printLine(line);
      }
    });
}

function lintCommand(): Command {
  return new Command("lint")
    .description("check a document of any kind; exit code 3 when it cannot be used")
    .argument("<profile>", "name of a profile, or path of a JSON document")
    .addOption(kindOption())
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd profile lint inas-lidar-320x240\n  cqd profile lint my-sensor.json --json\n\nJSON: {"profile", "valid", "issues": [{"file", "path", "found", "expected", "suggestion"?}]}',
    )
    .action(async (name: string, options: KindOption) => {
      const { lintProfile } = await import("../../../hw-profiles/load/lint-profile.ts");
      const issues = lintProfile(name, options.kind);
      if (options.json) printJson({ profile: name, valid: issues.length === 0, issues });
      if (issues.length === 0) {
        if (!options.json) printLine(`${name}: valid`);
        return;
      }
      const { formatIssue } = await import("../../../hw-profiles/resolve/profile-error.ts");
      const lines = issues.map((issue) => `  ${formatIssue(issue)}`);
      const count = `${issues.length} ${issues.length === 1 ? "problem" : "problems"}`;
      throw new CommandError(EXIT_BAD_INPUT, [`${name}: ${count}`, ...lines].join("\n"));
    });
}

function explainCommand(): Command {
  return new Command("explain")
    .description("every value of a profile with unit and source, and what follows from it")
    .argument("<profile>", "name of a profile, or path of a JSON document")
    .addOption(kindOption())
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd profile explain inas-lidar-320x240\n  cqd profile explain cdse-npl\n  cqd profile explain my-sensor.json --json\n\nJSON: {"name", "title", "documents", "values": [{"path", "value", "unit", "source"}], "derived": [{"name", "value", "unit", "steps"}]}',
    )
    .action(async (name: string, options: KindOption) => {
      const { explainProfile } = await import("../../../hw-profiles/load/explain-profile.ts");
      const explanation = explainProfile(name, options.kind);
      if (options.json) {
        printJson(explanation);
        return;
      }
      const { table, quantity } = await import("../text/table.ts");
      printLine(`${bold(explanation.name)}  ${explanation.title}`);
      printLine(bold("\nValues"));
      const values = explanation.values.map(({ path, value, unit, source }) => [
        path,
        `${shorten(value)} ${unit}`.trimEnd(),
        source,
      ]);
      for (const line of table(values)) printLine(line);
      printLine(bold("\nDerived"));
      for (const { name: derived, value, unit, steps } of explanation.derived) {
        printLine(`${derived} = ${quantity(value, unit, 6)}`);
        for (const step of steps) printLine(dim(`    ${step}`));
      }
    });
}

function schemaCommand(): Command {
  return new Command("schema")
    .description("print the JSON Schema of a kind of document")
    .argument("[kind]", KINDS, parseKind, "sensor" as const)
    .option("--json", "one line instead of indented text")
    .addHelpText(
      "after",
      "\nExamples:\n  cqd profile schema > sensor.schema.json\n  cqd profile schema detector",
    )
    .action(async (kind: DocumentKind, options: JsonOption) => {
      const { profileJsonSchema } = await import("../../../hw-profiles/schema/json-schema.ts");
      const schema = profileJsonSchema(kind);
      if (options.json) printJson(schema);
      else printLine(JSON.stringify(schema, null, 2));
    });
}

function shorten(value: unknown): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value);
  return text.length > 48 ? `${text.slice(0, 45)}...` : text;
}
