import type { Command } from "commander";

/** Other defaults for options that a command shares with the rest; help shows them. */
export function withDefaults(command: Command, defaults: Readonly<Record<string, string>>): Command {
  for (const [name, value] of Object.entries(defaults)) {
    command.options.find((option) => option.attributeName() === name)?.default(value);
    command.setOptionValueWithSource(name, value, "default");
  }
  return command;
}
