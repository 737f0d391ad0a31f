;; Radial ranges to points, four pixels a turn; points-module.ts holds this as bytes (npm run docs).
;; The directions stand in the memory as rows of xyz, f32; ranges (f32) and flags (u8) of the pixels begin at 0 and $flags.
;; A pixel with any bit of PIXEL_INVALID becomes NaN.
(module
  (memory (import "host" "memory") 1)
  (func (export "project")
    (param $flags i32) (param $directions i32) (param $points i32) (param $pixels i32) (param $invalid i32)
    (local $ranges i32) (local $end i32) (local $mask v128) (local $range v128)
    (local.set $mask (i32x4.splat (local.get $invalid)))
    (local.set $end (i32.shl (local.get $pixels) (i32.const 2)))
    (loop $next
      (local.set $range
        (v128.bitselect
          (v128.load (local.get $ranges))
          (v128.const f32x4 nan nan nan nan)
          (i32x4.eq
            (v128.and
              (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $flags))))
              (local.get $mask))
            (v128.const i32x4 0 0 0 0))))
      (v128.store (local.get $points)
        (f32x4.mul
          (v128.load (local.get $directions))
          (i8x16.shuffle 0 1 2 3 0 1 2 3 0 1 2 3 4 5 6 7 (local.get $range) (local.get $range))))
      (v128.store offset=16 (local.get $points)
        (f32x4.mul
          (v128.load offset=16 (local.get $directions))
          (i8x16.shuffle 4 5 6 7 4 5 6 7 8 9 10 11 8 9 10 11 (local.get $range) (local.get $range))))
      (v128.store offset=32 (local.get $points)
        (f32x4.mul
          (v128.load offset=32 (local.get $directions))
          (i8x16.shuffle 8 9 10 11 12 13 14 15 12 13 14 15 12 13 14 15 (local.get $range) (local.get $range))))
      (local.set $directions (i32.add (local.get $directions) (i32.const 48)))
      (local.set $points (i32.add (local.get $points) (i32.const 48)))
      (local.set $flags (i32.add (local.get $flags) (i32.const 4)))
      (local.set $ranges (i32.add (local.get $ranges) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $ranges) (local.get $end))))))
