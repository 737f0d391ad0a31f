import { buildCrcTables, CRC_TABLE_BYTES, crc32c } from "../../../firmware/stages/crc32c.ts";

const tables = memory.data(8192);
const text = memory.data<u8>([0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39]);
const zeros = memory.data(64);

describe("crc32c", () => {
  beforeAll(() => {
    buildCrcTables(tables);
  });

  it("fills eight tables of 256 words", () => {
    expect<usize>(CRC_TABLE_BYTES).toBe(8192);
  });

  it("meets the check value of 123456789", () => {
    expect<u32>(crc32c(tables, 0, text, 9)).toBe(0xe3069283);
  });

  it("meets the vector of 32 zero bytes (RFC 3720)", () => {
    expect<u32>(crc32c(tables, 0, zeros, 32)).toBe(0x8a9136aa);
  });

  it("of nothing is 0", () => {
    expect<u32>(crc32c(tables, 0, zeros, 0)).toBe(0);
  });

  it("continues over any cut", () => {
    for (let cut: usize = 0; cut <= 9; cut++) {
      const head = crc32c(tables, 0, text, cut);
      expect<u32>(crc32c(tables, head, text + cut, 9 - cut)).toBe(0xe3069283);
    }
  });
});
