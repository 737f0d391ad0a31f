// The known bend of the device's response undone: bias-dependent EQE, C(V), follower, converter. Linear DN are
// code (k1 + code (k2 + code k3)); the constant that is left out cancels in every signal, the offset map being linear too.
import { imaging } from "../views.ts";

export function linearDn(code: f32): f32 {
  return code * (imaging.linear1 + code * (imaging.linear2 + code * imaging.linear3));
}

/** Of four codes, f32; the caller holds the coefficients. */
export function linearQuad(code: v128, linear1: v128, linear2: v128, linear3: v128): v128 {
  const inner = f32x4.add(linear2, f32x4.mul(code, linear3));
  return f32x4.mul(code, f32x4.add(linear1, f32x4.mul(code, inner)));
}

/** The same with the parameters' coefficients, of integers. */
export function linearCodes(codes: v128): v128 {
  return linearQuad(
    f32x4.convert_i32x4_s(codes),
    f32x4.splat(imaging.linear1),
    f32x4.splat(imaging.linear2),
    f32x4.splat(imaging.linear3),
  );
}
