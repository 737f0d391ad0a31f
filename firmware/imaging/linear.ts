// The known bend of the device's response undone: bias-dependent EQE, C(V), follower, converter. Linear DN are
// code (k1 + code (k2 + code k3)); the constant that is left out cancels in every signal, the offset map being linear too.
import { imaging } from "../views.ts";

export function linearDn(code: f32): f32 {
  return code * (imaging.linear1 + code * (imaging.linear2 + code * imaging.linear3));
}
