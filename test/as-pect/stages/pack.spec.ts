import { pack12, packed12Bytes } from "../../../firmware/stages/pack.ts";

const source = memory.data(64);
const target = memory.data(80);

function sampleAt(index: u32): u32 {
  const pair = load<u32>(target + (index >> 1) * 3);
  return ((index & 1) !== 0 ? pair >> 12 : pair) & 0xfff;
}

describe("pack12", () => {
  it("takes three bytes for two samples", () => {
    expect<u32>(packed12Bytes(1)).toBe(2);
    expect<u32>(packed12Bytes(2)).toBe(3);
    expect<u32>(packed12Bytes(321)).toBe(482);
  });

  it("puts the least significant bits first", () => {
    store<u16>(source, 0x123);
    store<u16>(source, 0xabc, 2);
    pack12(source, target, 2);
    expect<u32>(load<u32>(target) & 0xffffff).toBe(0xabc123);
  });

  it("keeps every sample at every width, and clips at 4095", () => {
    for (let width: u32 = 1; width <= 27; width++) {
      for (let i: u32 = 0; i < width; i++) store<u16>(source + 2 * i, u16(i * 613));
      pack12(source, target, width);
      for (let i: u32 = 0; i < width; i++) expect<u32>(sampleAt(i)).toBe(min<u32>(i * 613, 4095));
    }
  });
});
