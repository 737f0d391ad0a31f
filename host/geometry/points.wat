;; Radial ranges to points, 64 pixels a turn; points-module.ts holds this as bytes (npm run docs).
;; All arrays stand in the memory: ranges (f32) and flags (u8) of the pixels, directions and points as rows of xyz (f32).
;; Ranges first, into 64 f32 at $usable, then points: of the long streams of directions and points the processor has the more
;; on their way the less stands between their lines. Behind those f32 stand two constants, which take one instruction from
;; memory and three as such: the bits that make a pixel NaN, in each of four bytes, and NaN.
(module
  (memory (import "host" "memory") 1)
  (func (export "project")
    (param $ranges i32) (param $flags i32) (param $directions i32) (param $points i32)
    (param $pixels i32) (param $usable i32)
    (local $end i32) (local $usableEnd i32) (local $at i32) (local $valid v128) (local $range v128)
    (local.set $end (i32.add (local.get $ranges) (i32.shl (local.get $pixels) (i32.const 2))))
    (local.set $usableEnd (i32.add (local.get $usable) (i32.const 256)))
    (loop $next
      (local.set $at (local.get $usable))
      (loop $clean
        (local.set $valid
          (i8x16.eq
            (v128.and (v128.load (local.get $flags)) (v128.load32_splat offset=256 (local.get $usable)))
            (v128.const i32x4 0 0 0 0)))
        (v128.store (local.get $at)
          (v128.bitselect
            (v128.load (local.get $ranges))
            (v128.load32_splat offset=260 (local.get $usable))
            (i32x4.extend_low_i16x8_s (i16x8.extend_low_i8x16_s (local.get $valid)))))
        (v128.store offset=16 (local.get $at)
          (v128.bitselect
            (v128.load offset=16 (local.get $ranges))
            (v128.load32_splat offset=260 (local.get $usable))
            (i32x4.extend_high_i16x8_s (i16x8.extend_low_i8x16_s (local.get $valid)))))
        (v128.store offset=32 (local.get $at)
          (v128.bitselect
            (v128.load offset=32 (local.get $ranges))
            (v128.load32_splat offset=260 (local.get $usable))
            (i32x4.extend_low_i16x8_s (i16x8.extend_high_i8x16_s (local.get $valid)))))
        (v128.store offset=48 (local.get $at)
          (v128.bitselect
            (v128.load offset=48 (local.get $ranges))
            (v128.load32_splat offset=260 (local.get $usable))
            (i32x4.extend_high_i16x8_s (i16x8.extend_high_i8x16_s (local.get $valid)))))
        (local.set $flags (i32.add (local.get $flags) (i32.const 16)))
        (local.set $ranges (i32.add (local.get $ranges) (i32.const 64)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br_if $clean (i32.lt_u (local.get $at) (local.get $usableEnd))))
      (local.set $at (local.get $usable))
      (loop $multiply
        (local.set $range (v128.load (local.get $at)))
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
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $multiply (i32.lt_u (local.get $at) (local.get $usableEnd))))
      (br_if $next (i32.lt_u (local.get $ranges) (local.get $end))))))
