import { withCamera } from "../camera-run.ts";
import { type Check, must, same } from "../check.ts";
import { readRegisters } from "../read-registers.ts";

/** What differs from board to board, and from program to program. */
const OWN: ReadonlySet<string> = new Set(["DeviceSerialNumber", "SessionToken", "SessionActivity"]);

export const identity: readonly Check[] = [
  {
    name: "every board is listed by its serial number",
    run: async ({ boards, listed }) => {
      const found = await listed();
      for (const { serialNumber } of boards)
        must(found.includes(serialNumber), `found ${found.join(", ")}, expected ${serialNumber} among them`);
    },
  },
  {
    name: "every register is read",
    run: async ({ boards, reference }) => {
      await withCamera(boards[0]!, {}, async (camera) => {
        const found = await readRegisters(camera, reference !== undefined);
        must(Object.keys(found).length > 0, "found no register, expected those of the contract");
        for (const [name, value] of Object.entries(found))
          if (reference !== undefined && !OWN.has(name)) same(name, value, reference.registers[name]);
      });
    },
  },
  {
    name: "a setting is written, read back and refused when out of range",
    run: async ({ boards }) => {
      await withCamera(boards[0]!, {}, async ({ registers }) => {
        const before = await registers.readNumber("DetectionThreshold");
        await registers.write("DetectionThreshold", before + 1);
        same("DetectionThreshold", await registers.readNumber("DetectionThreshold"), before + 1);
        await registers.write("DetectionThreshold", before);
        const refusal = await registers.write("ExposureTime", 0xffffffff).then(
          () => undefined,
          (error: unknown) => error,
        );
        must(refusal instanceof Error, "found ExposureTime 0xffffffff taken, expected a refusal");
        same("ExposureTime is left alone: name of the error", refusal.name, "CameraError");
      });
    },
  },
];
