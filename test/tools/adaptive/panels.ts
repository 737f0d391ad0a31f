import { writeFile } from "node:fs/promises";

/** Share of the width at a range that the panels of a scene share. */
const SPREAD = 1.4;

/** A .obj with flat panels side by side, each at its range: a scene of a few depths. */
export async function writePanels(path: string, rangesM: readonly number[]): Promise<void> {
  const step = SPREAD / rangesM.length;
  const lines: string[] = [];
  rangesM.forEach((rangeM, i) => {
    const left = (i * step - SPREAD / 2) * rangeM;
    const right = ((i + 1) * step - SPREAD / 2) * rangeM;
    for (const [x, y] of [
      [left, -1],
      [right, -1],
      [right, 1],
      [left, 1],
    ] as const)
      lines.push(`v ${x} ${y * rangeM} ${rangeM}`);
    const first = 4 * i + 1;
    lines.push(`f ${first} ${first + 1} ${first + 2}`, `f ${first} ${first + 2} ${first + 3}`);
  });
  await writeFile(path, `${lines.join("\n")}\n`);
}
