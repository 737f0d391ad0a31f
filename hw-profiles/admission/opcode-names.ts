// Instructions of WebAssembly 2.0 in the order of their codes (core specification, section 5.4); "-" is no instruction.

function list(names: string): readonly string[] {
  return names.trim().split(/\s+/);
}

function each(shape: string, names: string): string {
  return list(names)
    .map((name) => `${shape}.${name}`)
    .join(" ");
}

const INTEGER_COMPARE = "eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u";
const FLOAT_COMPARE = "eq ne lt gt le ge";
const INTEGER_ARITHMETIC =
  "clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u rotl rotr";
const FLOAT_ARITHMETIC = "abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign";

/** One byte, 0x00 to 0xd2. */
export const PLAIN_NAMES: readonly string[] = list(`
  unreachable nop block loop if else - - - - - end br br_if br_table return
  call call_indirect - - - - - - - - drop select select_typed - - -
  local.get local.set local.tee global.get global.set table.get table.set -
  i32.load i64.load f32.load f64.load
  i32.load8_s i32.load8_u i32.load16_s i32.load16_u
  i64.load8_s i64.load8_u i64.load16_s i64.load16_u i64.load32_s i64.load32_u
  i32.store i64.store f32.store f64.store i32.store8 i32.store16 i64.store8 i64.store16 i64.store32
  memory.size memory.grow i32.const i64.const f32.const f64.const
  i32.eqz ${each("i32", INTEGER_COMPARE)} i64.eqz ${each("i64", INTEGER_COMPARE)}
  ${each("f32", FLOAT_COMPARE)} ${each("f64", FLOAT_COMPARE)}
  ${each("i32", INTEGER_ARITHMETIC)} ${each("i64", INTEGER_ARITHMETIC)}
  ${each("f32", FLOAT_ARITHMETIC)} ${each("f64", FLOAT_ARITHMETIC)}
  i32.wrap_i64 i32.trunc_f32_s i32.trunc_f32_u i32.trunc_f64_s i32.trunc_f64_u
  i64.extend_i32_s i64.extend_i32_u i64.trunc_f32_s i64.trunc_f32_u i64.trunc_f64_s i64.trunc_f64_u
  f32.convert_i32_s f32.convert_i32_u f32.convert_i64_s f32.convert_i64_u f32.demote_f64
  f64.convert_i32_s f64.convert_i32_u f64.convert_i64_s f64.convert_i64_u f64.promote_f32
  i32.reinterpret_f32 i64.reinterpret_f64 f32.reinterpret_i32 f64.reinterpret_i64
  i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s
  - - - - - - - - - - - ref.null ref.is_null ref.func`);

/** After 0xfc. */
export const MISC_NAMES: readonly string[] = list(`
  i32.trunc_sat_f32_s i32.trunc_sat_f32_u i32.trunc_sat_f64_s i32.trunc_sat_f64_u
  i64.trunc_sat_f32_s i64.trunc_sat_f32_u i64.trunc_sat_f64_s i64.trunc_sat_f64_u
  memory.init data.drop memory.copy memory.fill
  table.init elem.drop table.copy table.grow table.size table.fill`);

const VECTOR_COMPARES = ["i8x16", "i16x8", "i32x4"].map((shape) => each(shape, INTEGER_COMPARE)).join(" ");
const VECTOR_FLOATS = "add sub mul div min max pmin pmax";

/** After 0xfd. */
export const VECTOR_NAMES: readonly string[] = list(`
  v128.load v128.load8x8_s v128.load8x8_u v128.load16x4_s v128.load16x4_u v128.load32x2_s v128.load32x2_u
  v128.load8_splat v128.load16_splat v128.load32_splat v128.load64_splat v128.store
  v128.const i8x16.shuffle i8x16.swizzle
  i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat
  i8x16.extract_lane_s i8x16.extract_lane_u i8x16.replace_lane
  i16x8.extract_lane_s i16x8.extract_lane_u i16x8.replace_lane
  i32x4.extract_lane i32x4.replace_lane i64x2.extract_lane i64x2.replace_lane
  f32x4.extract_lane f32x4.replace_lane f64x2.extract_lane f64x2.replace_lane
  ${VECTOR_COMPARES} ${each("f32x4", FLOAT_COMPARE)} ${each("f64x2", FLOAT_COMPARE)}
  v128.not v128.and v128.andnot v128.or v128.xor v128.bitselect v128.any_true
  v128.load8_lane v128.load16_lane v128.load32_lane v128.load64_lane
  v128.store8_lane v128.store16_lane v128.store32_lane v128.store64_lane
  v128.load32_zero v128.load64_zero f32x4.demote_f64x2_zero f64x2.promote_low_f32x4
  ${each("i8x16", "abs neg popcnt all_true bitmask narrow_i16x8_s narrow_i16x8_u")}
  ${each("f32x4", "ceil floor trunc nearest")}
  ${each("i8x16", "shl shr_s shr_u add add_sat_s add_sat_u sub sub_sat_s sub_sat_u")}
  f64x2.ceil f64x2.floor ${each("i8x16", "min_s min_u max_s max_u")} f64x2.trunc i8x16.avgr_u
  ${each("i16x8", "extadd_pairwise_i8x16_s extadd_pairwise_i8x16_u")}
  ${each("i32x4", "extadd_pairwise_i16x8_s extadd_pairwise_i16x8_u")}
  ${each("i16x8", "abs neg q15mulr_sat_s all_true bitmask narrow_i32x4_s narrow_i32x4_u")}
  ${each("i16x8", "extend_low_i8x16_s extend_high_i8x16_s extend_low_i8x16_u extend_high_i8x16_u")}
  ${each("i16x8", "shl shr_s shr_u add add_sat_s add_sat_u sub sub_sat_s sub_sat_u")} f64x2.nearest
  ${each("i16x8", "mul min_s min_u max_s max_u")} - i16x8.avgr_u
  ${each("i16x8", "extmul_low_i8x16_s extmul_high_i8x16_s extmul_low_i8x16_u extmul_high_i8x16_u")}
  i32x4.abs i32x4.neg - i32x4.all_true i32x4.bitmask - -
  ${each("i32x4", "extend_low_i16x8_s extend_high_i16x8_s extend_low_i16x8_u extend_high_i16x8_u")}
  ${each("i32x4", "shl shr_s shr_u add")} - - i32x4.sub - - -
  ${each("i32x4", "mul min_s min_u max_s max_u dot_i16x8_s")} -
  ${each("i32x4", "extmul_low_i16x8_s extmul_high_i16x8_s extmul_low_i16x8_u extmul_high_i16x8_u")}
  i64x2.abs i64x2.neg - i64x2.all_true i64x2.bitmask - -
  ${each("i64x2", "extend_low_i32x4_s extend_high_i32x4_s extend_low_i32x4_u extend_high_i32x4_u")}
  ${each("i64x2", "shl shr_s shr_u add")} - - i64x2.sub - - - i64x2.mul
  ${each("i64x2", "eq ne lt_s gt_s le_s ge_s")}
  ${each("i64x2", "extmul_low_i32x4_s extmul_high_i32x4_s extmul_low_i32x4_u extmul_high_i32x4_u")}
  f32x4.abs f32x4.neg - f32x4.sqrt ${each("f32x4", VECTOR_FLOATS)}
  f64x2.abs f64x2.neg - f64x2.sqrt ${each("f64x2", VECTOR_FLOATS)}
  i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u f32x4.convert_i32x4_s f32x4.convert_i32x4_u
  i32x4.trunc_sat_f64x2_s_zero i32x4.trunc_sat_f64x2_u_zero
  f64x2.convert_low_i32x4_s f64x2.convert_low_i32x4_u`);
