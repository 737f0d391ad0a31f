// Unit tests of single stages, run inside WebAssembly. Whole lines, bytes and statistics are tested in test/firmware.
export default {
  entries: ["test/as-pect/stages/*.spec.ts"],
  include: [],
  disclude: [/node_modules/],
  instantiate(memory, createImports, instantiate, binary) {
    return instantiate(binary, createImports({ env: { memory } }));
  },
  outputBinary: false,
};
