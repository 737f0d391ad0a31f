import { Command } from "commander";
import type { RegisterEntry } from "../../../hw-profiles/interface/register-table.ts";
import type { RegisterValue } from "../../camera/register-codec.ts";
import { usageError } from "../command-error.ts";
import { type DeviceOptions, deviceOptions, withCamera } from "../device/device-options.ts";
import { printJson, printLine } from "../text/terminal.ts";

interface RegOptions extends DeviceOptions {
  readonly json?: true;
}

const HELP = `
Examples:
  cqd reg list
  cqd reg read PulsesPerGate
  cqd reg write PulsesPerGate 250 --device sim:inas-lidar-64x48
  cqd reg read PulsesPerGate --faults set.drop@2

A simulated device lives as long as the command: what is written shows in the value that is read back.`;

export function regCommand(): Command {
  return new Command("reg")
    .description("list, read and write device registers")
    .addCommand(listRegisters())
    .addCommand(readRegister())
    .addCommand(writeRegister())
    .addHelpText("after", HELP);
}

function listRegisters(): Command {
  return new Command("list")
    .description("every register of the contract: address, access, type, unit, limits")
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd reg list\n  cqd reg list --json\n\nJSON: {"registers": [{"name", "address", "bytes", "count", "access", "type", "unit", "min"?, "max"?, "sfnc", "simulated", "doc"}]}',
    )
    .action(async (options: RegOptions) => {
      const { REGISTERS } = await import("../../../hw-profiles/interface/register-table.ts");
      if (options.json) {
        printJson({ registers: REGISTERS });
        return;
      }
      const { table } = await import("../text/table.ts");
      const rows = REGISTERS.map((entry) => [
        entry.name,
        `0x${entry.address.toString(16).padStart(4, "0")}`,
        entry.access,
        entry.count > 1 ? `${entry.type}[${entry.count}]` : entry.type,
        entry.unit,
        entry.doc,
      ]);
      for (const line of table(rows)) printLine(line);
    });
}

function readRegister(): Command {
  const command = new Command("read")
    .description("read a register by its name")
    .argument("<name>", "as `cqd reg list` shows it")
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd reg read AcquisitionFrameRate\n  cqd reg read GateDelay --json\n\nJSON: {"name", "value", "unit"}',
    );
  return deviceOptions(command).action(async (name: string, options: RegOptions) => {
    const { findRegister } = await import("../../camera/register-codec.ts");
    const entry = findRegister(name);
    await withCamera(options, async (camera) => show(entry, await camera.registers.read(name), options));
  });
}

function writeRegister(): Command {
  const command = new Command("write")
    .description("write a register, then read it back")
    .argument("<name>", "as `cqd reg list` shows it")
    .argument("<value...>", "as many values as the register has elements, in its unit")
    .option("--json", "one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  cqd reg write PulsesPerGate 250\n\nJSON: {"name", "value", "unit"}',
    );
  return deviceOptions(command).action(async (name: string, texts: string[], options: RegOptions) => {
    const { encodeRegister, findRegister } = await import("../../camera/register-codec.ts");
    const entry = findRegister(name);
    const value = parse(entry, texts);
    encodeRegister(entry, value);
    await withCamera(options, async (camera) => {
      await camera.registers.write(name, value);
      const isReadable = entry.access !== "wo";
      show(entry, isReadable ? await camera.registers.read(name) : value, options);
    });
  });
}

function parse(entry: RegisterEntry, texts: readonly string[]): RegisterValue {
  if (entry.type === "string") return texts.join(" ");
  const numbers = texts.map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
  const bad = texts.find((_, i) => Number.isNaN(numbers[i]));
  if (bad !== undefined) throw usageError(`${entry.name}: found "${bad}", expected a number`);
  return numbers.length === 1 ? numbers[0]! : numbers;
}

function show({ name, unit }: RegisterEntry, value: RegisterValue, options: RegOptions): void {
  if (options.json) {
    printJson({ name, value, unit });
    return;
  }
  const text = typeof value === "object" ? value.join(" ") : String(value);
  printLine(`${name} = ${text}${unit ? ` ${unit}` : ""}`);
}
