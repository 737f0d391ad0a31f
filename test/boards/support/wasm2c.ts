import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

/** Where the primitives that wasm2c 1.0.32 writes end and the module begins. */
const BODY_STARTS = "static bool s_module_initialized = false;";

/**
 * Writes NAME.h, NAME-body.inc, wasm2c's C of a module with its own primitives cut off (wasm-rt.h has ours), and calls.inc,
 * the cases of a switch that call its exports by number.
 * @throws Error for the output of another version of wasm2c.
 */
export function writeModule(wasm: Uint8Array, name: string, folder: string): void {
  writeFileSync(`${folder}/${name}.wasm`, wasm);
  execFileSync("wasm2c", [`${folder}/${name}.wasm`, "-n", name, "-o", `${folder}/${name}.c`]);
  const text = readFileSync(`${folder}/${name}.c`, "utf8");
  const start = text.indexOf(BODY_STARTS);
  if (start < 0) {
    throw new Error(
      `found no line "${BODY_STARTS}" in the output of wasm2c, expected that of version 1.0.32: install wabt 1.0.32`,
    );
  }
  writeFileSync(`${folder}/${name}-body.inc`, text.slice(start));
  const calls = callsOf(name, readFileSync(`${folder}/${name}.h`, "utf8"));
  writeFileSync(`${folder}/calls.inc`, calls.join("\n"));
}

/** Cases that call the module's functions, from wasm2c's header: in the order of its exports. Arguments are a, b, c. */
function callsOf(name: string, header: string): readonly string[] {
  const pattern = new RegExp(
    `^(u32|void) (Z_${name}Z_\\w+)\\(Z_${name}_instance_t\\*((?:, u32)*)\\);$`,
    "gm",
  );
  return [...header.matchAll(pattern)].map(([, result, callee, types], number) => {
    const given = ["", ", a", ", a, b", ", a, b, c"][(types ?? "").split("u32").length - 1];
    const call = `${callee}(&${name}${given});`;
    return `case ${number}: ${result === "u32" ? `return ${call}` : `${call} return 0;`}`;
  });
}
