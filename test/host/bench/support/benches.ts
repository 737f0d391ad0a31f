import { packageDocuments } from "../../../../host/bench/open-bench.ts";
import type { BenchContext } from "../../../../host/bench/run/experiment.ts";
import { openLaboratory, packageShelf } from "../../../../host/transport/sim/open-laboratory.ts";

type Shelf = ReturnType<typeof packageShelf>;

/** The bench with changed things on the shelf, compared with the package's papers. Without cameras. */
export function benchWith(change: Partial<Shelf> = {}, seed = 1): BenchContext {
  return {
    laboratory: openLaboratory({ ...packageShelf(), ...change }),
    documents: packageDocuments(),
    openCamera: () => Promise.reject(new Error("no cameras in this test")),
    seed,
    thorough: false,
  };
}
