import { expect, test } from "vitest";
import { decodeLines } from "../../../host/packet/line-decoder.ts";
import { lineLayout } from "../../../host/packet/line-layout.ts";
import {
  COMPONENT_FLAGS,
  COMPONENT_RANGE,
  COMPONENT_SECOND,
  COMPONENT_THIRD,
} from "../../../hw-profiles/interface/reports.ts";
import { leaderOf, SMALL } from "../support/synthetic-frames.ts";

const WIDTH = 5;
const HEIGHT = 2;

/** A stream in which every u16 holds its own index, and every flag 0. */
function counted(components: number) {
  const leader = leaderOf(0, { ...SMALL, width: WIDTH, height: HEIGHT, components });
  const { recordBytes } = lineLayout(components, WIDTH);
  const bytes = new Uint8Array(recordBytes * HEIGHT);
  const view = new DataView(bytes.buffer);
  for (let row = 0; row < HEIGHT; row++)
    for (let i = 0; 2 * i + 1 < recordBytes - (components & COMPONENT_FLAGS ? WIDTH : 0); i++)
      view.setUint16(row * recordBytes + 2 * i, i, true);
  return { leader, bytes };
}

test("second and third return stand between the first and the flags, three lines each", () => {
  const { leader, bytes } = counted(COMPONENT_RANGE | COMPONENT_SECOND | COMPONENT_THIRD | COMPONENT_FLAGS);
  const { furtherReturns, rangeM } = decodeLines(bytes, leader);
  expect(rangeM[WIDTH + 4]).toBeCloseTo(4 * leader.rangeScaleM, 9);
  expect(furtherReturns.length).toBe(2);
  furtherReturns.forEach(({ amplitudeE, rangeM: ranges, sigmaM }, index) => {
    const line = 1 + 3 * index;
    for (const pixel of [0, 3, WIDTH + 2]) {
      const x = pixel % WIDTH;
      expect(ranges[pixel]).toBeCloseTo((line * WIDTH + x) * leader.rangeScaleM, 6);
      expect(sigmaM[pixel]).toBeCloseTo(((line + 1) * WIDTH + x) * leader.sigmaScale, 6);
      expect(amplitudeE[pixel]).toBeCloseTo(((line + 2) * WIDTH + x) * leader.amplitudeScaleE, 6);
    }
  });
});

test("without the components there are none; of the third alone the second has no pixels", () => {
  const none = counted(COMPONENT_RANGE | COMPONENT_FLAGS);
  expect(decodeLines(none.bytes, none.leader).furtherReturns).toEqual([]);
  const third = counted(COMPONENT_RANGE | COMPONENT_THIRD);
  const [second, last] = decodeLines(third.bytes, third.leader).furtherReturns;
  expect(second!.rangeM.length).toBe(0);
  expect(last!.rangeM[0]).toBeCloseTo(WIDTH * third.leader.rangeScaleM, 6);
});
