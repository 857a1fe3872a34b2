;; Dot products of one probe with rows of 128 signed bytes. Exact integers. Memory: see wasm-code-scan.ts.
;; probe is stored as 128 signed 16-bit numbers; codes as rows of 128 signed bytes; out as 32-bit integers.
;; Two rows per turn share the loads of the probe. `rows` must be even; the caller pads with a spare row.
(module
  (memory (export "memory") 1)
  (func (export "dots") (param $probe i32) (param $codes i32) (param $rows i32) (param $out i32)
    (local $end i32)
    (local $a v128) (local $b v128) (local $low v128) (local $high v128)
    (local $sumA v128) (local $sumB v128)
    (local.set $end (i32.add (local.get $out) (i32.shl (local.get $rows) (i32.const 2))))
    (block $done
      (loop $pair
        (br_if $done (i32.ge_u (local.get $out) (local.get $end)))
        (local.set $sumA (v128.const i32x4 0 0 0 0))
        (local.set $sumB (v128.const i32x4 0 0 0 0))
        ;; columns 0 to 15
        (local.set $low (v128.load offset=0 (local.get $probe)))
        (local.set $high (v128.load offset=16 (local.get $probe)))
        (local.set $a (v128.load offset=0 (local.get $codes)))
        (local.set $b (v128.load offset=128 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        ;; columns 16 to 31
        (local.set $low (v128.load offset=32 (local.get $probe)))
        (local.set $high (v128.load offset=48 (local.get $probe)))
        (local.set $a (v128.load offset=16 (local.get $codes)))
        (local.set $b (v128.load offset=144 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        ;; columns 32 to 47
        (local.set $low (v128.load offset=64 (local.get $probe)))
        (local.set $high (v128.load offset=80 (local.get $probe)))
        (local.set $a (v128.load offset=32 (local.get $codes)))
        (local.set $b (v128.load offset=160 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        ;; columns 48 to 63
        (local.set $low (v128.load offset=96 (local.get $probe)))
        (local.set $high (v128.load offset=112 (local.get $probe)))
        (local.set $a (v128.load offset=48 (local.get $codes)))
        (local.set $b (v128.load offset=176 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        ;; columns 64 to 79
        (local.set $low (v128.load offset=128 (local.get $probe)))
        (local.set $high (v128.load offset=144 (local.get $probe)))
        (local.set $a (v128.load offset=64 (local.get $codes)))
        (local.set $b (v128.load offset=192 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        ;; columns 80 to 95
        (local.set $low (v128.load offset=160 (local.get $probe)))
        (local.set $high (v128.load offset=176 (local.get $probe)))
        (local.set $a (v128.load offset=80 (local.get $codes)))
        (local.set $b (v128.load offset=208 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        ;; columns 96 to 111
        (local.set $low (v128.load offset=192 (local.get $probe)))
        (local.set $high (v128.load offset=208 (local.get $probe)))
        (local.set $a (v128.load offset=96 (local.get $codes)))
        (local.set $b (v128.load offset=224 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        ;; columns 112 to 127
        (local.set $low (v128.load offset=224 (local.get $probe)))
        (local.set $high (v128.load offset=240 (local.get $probe)))
        (local.set $a (v128.load offset=112 (local.get $codes)))
        (local.set $b (v128.load offset=240 (local.get $codes)))
        (local.set $sumA (i32x4.add (local.get $sumA) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (local.get $high)))))
        (local.set $sumB (i32x4.add (local.get $sumB) (i32x4.add
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (local.get $low))
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (local.get $high)))))
        (i32.store (local.get $out)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sumA)) (i32x4.extract_lane 1 (local.get $sumA)))
            (i32.add (i32x4.extract_lane 2 (local.get $sumA)) (i32x4.extract_lane 3 (local.get $sumA)))))
        (i32.store offset=4 (local.get $out)
          (i32.add
            (i32.add (i32x4.extract_lane 0 (local.get $sumB)) (i32x4.extract_lane 1 (local.get $sumB)))
            (i32.add (i32x4.extract_lane 2 (local.get $sumB)) (i32x4.extract_lane 3 (local.get $sumB)))))
        (local.set $codes (i32.add (local.get $codes) (i32.const 256)))
        (local.set $out (i32.add (local.get $out) (i32.const 8)))
        (br $pair)))))
