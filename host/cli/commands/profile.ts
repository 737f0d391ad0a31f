import { Command } from "commander";
import { CommandError, usageError } from "../command-error.ts";
import { EXIT_BAD_INPUT } from "../exit-codes.ts";
import { bold, dim, printJson, printLine } from "../text/terminal.ts";

interface JsonOption {
  readonly json?: true;
}

const KINDS = ["sensor", "detector", "emitter"] as const;

export function profileCommand(): Command {
  return new Command("profile")
    .description("check and explain sensor profiles")
    .addCommand(lintCommand())
    .addCommand(explainCommand())
    .addCommand(schemaCommand())
    .addHelpText(
      "after",
      "\nExamples:\n  cqd profile lint my-sensor.json\n  cqd profile explain inas-lidar-320x240",
    );
}

function lintCommand(): Command {
  return new Command("lint")
    .description("check a sensor, detector or emitter document; exit code 3 when it cannot be used")
    .argument("<profile>", "name of a profile, or path of a JSON document")
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd profile lint inas-lidar-320x240\n  cqd profile lint my-sensor.json --json\n\nJSON: {"profile", "valid", "issues": [{"file", "path", "found", "expected", "suggestion"?}]}',
    )
    .action(async (name: string, options: JsonOption) => {
      const { lintProfile } = await import("../../../hw-profiles/load/lint-profile.ts");
      const issues = lintProfile(name);
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
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd profile explain inas-lidar-320x240\n  cqd profile explain my-sensor.json --json\n\nJSON: {"name", "title", "documents", "values": [{"path", "value", "unit", "source"}], "derived": [{"name", "value", "unit", "steps"}]}',
    )
    .action(async (name: string, options: JsonOption) => {
      const { explainProfile } = await import("../../../hw-profiles/load/explain-profile.ts");
      const explanation = explainProfile(name);
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
    .argument("[kind]", KINDS.join(", "), "sensor")
    .option("--json", "one line instead of indented text")
    .addHelpText(
      "after",
      "\nExamples:\n  cqd profile schema > sensor.schema.json\n  cqd profile schema detector",
    )
    .action(async (kind: string, options: JsonOption) => {
      const known = KINDS.find((candidate) => candidate === kind);
      if (!known) throw usageError(`found kind "${kind}", expected one of ${KINDS.join(", ")}`);
      const { profileJsonSchema } = await import("../../../hw-profiles/schema/json-schema.ts");
      const schema = profileJsonSchema(known);
      if (options.json) printJson(schema);
      else printLine(JSON.stringify(schema, null, 2));
    });
}

function shorten(value: unknown): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value);
  return text.length > 48 ? `${text.slice(0, 45)}...` : text;
}
