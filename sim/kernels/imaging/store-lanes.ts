import * as S from "./collect-settings.ts";

/** The first `lanes` of four floats; all of them from 4 on. */
export function storeLanes(at: usize, lanes: u32, value: v128): void {
  if (lanes >= 4) {
    v128.store(at, value);
    return;
  }
  const scratch = S.work + S.SCRATCH;
  v128.store(scratch, value);
  for (let lane: usize = 0; lane < <usize>lanes; lane++) {
    store<f32>(at + (lane << 2), load<f32>(scratch + (lane << 2)));
  }
}
