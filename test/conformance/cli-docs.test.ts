import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { expect, it } from "vitest";
import { buildProgram } from "../../host/cli/program.ts";

const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");

/** Options and names of a command and of those below it. */
function namesOf(command: Command): string[] {
  const options = command.options.map((option) => option.long ?? option.short ?? "");
  return [...options, ...command.commands.flatMap((child) => [child.name(), ...namesOf(child)])];
}

it("docs/cli.md names every command and option", async () => {
  const names = namesOf(await buildProgram(["view"])).filter((name) => name !== "--version");
  expect(names.length).toBeGreaterThan(15);
  expect([...new Set(names)].filter((name) => !page.includes(name))).toEqual([]);
});
