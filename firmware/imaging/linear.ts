// The known bend of the device's response undone: bias-dependent EQE, C(V), follower, converter. Linear DN are
// code (k1 + code (k2 + code k3)); the constant that is left out cancels in every signal, the offset map being linear too.
import { imaging } from "../views.ts";

export function linearDn(code: f32): f32 {
  return code * (imaging.linear1 + code * (imaging.linear2 + code * imaging.linear3));
}

/** Of four codes, integers. ramp-tile.ts has the same with the coefficients held through its loop. */
export function linearCodes(integers: v128): v128 {
  const codes = f32x4.convert_i32x4_s(integers);
  const bend = f32x4.mul(codes, f32x4.splat(imaging.linear3));
  const slope = f32x4.mul(codes, f32x4.add(f32x4.splat(imaging.linear2), bend));
  return f32x4.mul(codes, f32x4.add(f32x4.splat(imaging.linear1), slope));
}
