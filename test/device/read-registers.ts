import type { Camera } from "../../host/camera/camera.ts";
import { REGISTERS } from "../../hw-profiles/interface/register-table.ts";

/** Every register that can be read, by name; a real board has none of the simulated world. */
export async function readRegisters(camera: Camera, isSimulated: boolean): Promise<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const { access, name, simulated } of REGISTERS)
    if (access !== "wo" && (isSimulated || !simulated))
      values[name] = JSON.stringify(await camera.registers.read(name));
  return values;
}
