// What the C made by wasm2c needs, for a Cortex-M7: this takes the place of wabt's own runtime and of the primitives that
// wasm2c puts at the head of its output. The module's memory is one fixed array: its size never changes (min = max), so no
// access is checked in code. The MPU does it: see start.c. Nothing here allocates, and nothing jumps but a trap.
// Not here: tables, memory.grow. Neither a readout module nor the boot loader has them.
#ifndef CQD_WASM_RT_H
#define CQD_WASM_RT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define WASM_RT_CORE_TYPES_DEFINED
typedef uint8_t u8;
typedef int8_t s8;
typedef uint16_t u16;
typedef int16_t s16;
typedef uint32_t u32;
typedef int32_t s32;
typedef uint64_t u64;
typedef int64_t s64;
typedef float f32;
typedef double f64;

/** The memory itself is module_memory. */
typedef struct {
  u32 size;
} wasm_rt_memory_t;

enum { WASM_RT_I32, WASM_RT_I64, WASM_RT_F32, WASM_RT_F64 };

/** MEMORY_PAGES pages of 64 KiB; the linker script puts them in a bank of their own. */
extern u8 module_memory[];

/** Stops the machine and says why. */
_Noreturn void stop(const char* why);

static inline bool wasm_rt_is_initialized(void) {
  return true;
}

static inline u32 wasm_rt_register_func_type(u32 parameters, u32 results, ...) {
  (void)parameters;
  (void)results;
  return 0;
}

static inline void wasm_rt_allocate_memory(wasm_rt_memory_t* memory, u32 pages, u32 most) {
  if (pages != MEMORY_PAGES || most != MEMORY_PAGES) stop("the module's memory is not MEMORY_PAGES pages, min = max");
  memory->size = pages << 16;
  memset(module_memory, 0, memory->size);
}

static inline void wasm_rt_free_memory(wasm_rt_memory_t* memory) {
  memory->size = 0;
}

#define assert(condition) ((void)(condition))
#define FUNC_PROLOGUE
#define FUNC_EPILOGUE
#define UNREACHABLE stop("unreachable")
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

// Memory. Integers may stand anywhere. Floats stand where AssemblyScript puts them, at multiples of their size: so the
// compiler may load them into FPU registers straight away, which needs a multiple of four. Elsewhere the CPU faults.

#define PLACE(address) (module_memory + (u32)(address))
#define FLOAT_PLACE(address) __builtin_assume_aligned(PLACE(address), 4)

#define DEFINE_LOAD(name, stored, extended, result, place)                 \
  static inline result name(const wasm_rt_memory_t* memory, u64 address) { \
    (void)memory;                                                          \
    stored value;                                                          \
    memcpy(&value, place(address), sizeof(value));                         \
    return (result)(extended)value;                                        \
  }

#define DEFINE_STORE(name, stored, argument, place)                            \
  static inline void name(wasm_rt_memory_t* memory, u64 address, argument v) { \
    (void)memory;                                                              \
    stored value = (stored)v;                                                  \
    memcpy(place(address), &value, sizeof(value));                             \
  }

DEFINE_LOAD(i32_load, u32, u32, u32, PLACE)
DEFINE_LOAD(i32_load8_s, s8, s32, u32, PLACE)
DEFINE_LOAD(i32_load8_u, u8, u32, u32, PLACE)
DEFINE_LOAD(i32_load16_s, s16, s32, u32, PLACE)
DEFINE_LOAD(i32_load16_u, u16, u32, u32, PLACE)
DEFINE_LOAD(i64_load, u64, u64, u64, PLACE)
DEFINE_LOAD(i64_load8_s, s8, s64, u64, PLACE)
DEFINE_LOAD(i64_load8_u, u8, u64, u64, PLACE)
DEFINE_LOAD(i64_load16_s, s16, s64, u64, PLACE)
DEFINE_LOAD(i64_load16_u, u16, u64, u64, PLACE)
DEFINE_LOAD(i64_load32_s, s32, s64, u64, PLACE)
DEFINE_LOAD(i64_load32_u, u32, u64, u64, PLACE)
DEFINE_LOAD(f32_load, f32, f32, f32, FLOAT_PLACE)
DEFINE_LOAD(f64_load, f64, f64, f64, FLOAT_PLACE)
DEFINE_STORE(i32_store, u32, u32, PLACE)
DEFINE_STORE(i32_store8, u8, u32, PLACE)
DEFINE_STORE(i32_store16, u16, u32, PLACE)
DEFINE_STORE(i64_store, u64, u64, PLACE)
DEFINE_STORE(i64_store8, u8, u64, PLACE)
DEFINE_STORE(i64_store16, u16, u64, PLACE)
DEFINE_STORE(i64_store32, u32, u64, PLACE)
DEFINE_STORE(f32_store, f32, f32, FLOAT_PLACE)
DEFINE_STORE(f64_store, f64, f64, FLOAT_PLACE)

static inline void check_range(const wasm_rt_memory_t* memory, u32 address, u32 bytes) {
  if ((u64)address + bytes > memory->size) stop("trap: a block of memory reaches past the end");
}

static inline void memory_fill(wasm_rt_memory_t* memory, u32 address, u32 byte, u32 bytes) {
  check_range(memory, address, bytes);
  memset(PLACE(address), (int)byte, bytes);
}

static inline void memory_copy(wasm_rt_memory_t* to, const wasm_rt_memory_t* from, u32 target, u32 source, u32 bytes) {
  check_range(to, target, bytes);
  check_range(from, source, bytes);
  memmove(PLACE(target), PLACE(source), bytes);
}

#define LOAD_DATA(memory, address, bytes, length) memcpy(PLACE(address), bytes, length)

// Integers.

#define I32_CLZ(x) ((x) ? (u32)__builtin_clz(x) : 32)
#define I32_CTZ(x) ((x) ? (u32)__builtin_ctz(x) : 32)
#define I32_POPCNT(x) ((u32)__builtin_popcount(x))
#define I64_CLZ(x) ((x) ? (u64)__builtin_clzll(x) : 64)
#define I64_CTZ(x) ((x) ? (u64)__builtin_ctzll(x) : 64)
#define I64_POPCNT(x) ((u64)__builtin_popcountll(x))
#define I32_ROTL(x, y) (((x) << ((y) & 31)) | ((x) >> (-(y) & 31)))
#define I32_ROTR(x, y) (((x) >> ((y) & 31)) | ((x) << (-(y) & 31)))
#define I64_ROTL(x, y) (((x) << ((y) & 63)) | ((x) >> (-(y) & 63)))
#define I64_ROTR(x, y) (((x) >> ((y) & 63)) | ((x) << (-(y) & 63)))

#define NOT_ZERO(y) ((y) != 0 ? (y) : (stop("trap: division by zero"), 1))
#define DIV_U(x, y) ((x) / NOT_ZERO(y))
#define REM_U(x, y) ((x) % NOT_ZERO(y))

static inline u32 divide_s32(s32 x, s32 y) {
  if (x == INT32_MIN && y == -1) stop("trap: quotient out of range");
  return (u32)(x / NOT_ZERO(y));
}

static inline u64 divide_s64(s64 x, s64 y) {
  if (x == INT64_MIN && y == -1) stop("trap: quotient out of range");
  return (u64)(x / NOT_ZERO(y));
}

#define I64_DIV_S(x, y) divide_s64((s64)(x), (s64)(y))
#define I64_REM_S(x, y) ((s64)(y) == -1 ? 0 : (u64)((s64)(x) % NOT_ZERO((s64)(y))))
#define I32_DIV_S(x, y) divide_s32((s32)(x), (s32)(y))
#define I32_REM_S(x, y) ((s32)(y) == -1 ? 0 : (u32)((s32)(x) % NOT_ZERO((s32)(y))))

// Floats.

#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")

// The FPU's conversions saturate and make 0 of what is no number: what trunc_sat asks for, and undefined in C.

static inline u32 truncate_s32_f32(f32 x) {
  u32 result;
  __asm__("vcvt.s32.f32 %0, %1" : "=t"(result) : "t"(x));
  return result;
}

static inline u32 truncate_u32_f32(f32 x) {
  u32 result;
  __asm__("vcvt.u32.f32 %0, %1" : "=t"(result) : "t"(x));
  return result;
}

static inline u32 truncate_s32_f64(f64 x) {
  u32 result;
  __asm__("vcvt.s32.f64 %0, %P1" : "=t"(result) : "w"(x));
  return result;
}

static inline u32 truncate_u32_f64(f64 x) {
  u32 result;
  __asm__("vcvt.u32.f64 %0, %P1" : "=t"(result) : "w"(x));
  return result;
}

#define I32_TRUNC_SAT_S_F32(x) truncate_s32_f32(x)
#define I32_TRUNC_SAT_U_F32(x) truncate_u32_f32(x)
#define I32_TRUNC_SAT_S_F64(x) truncate_s32_f64(x)
#define I32_TRUNC_SAT_U_F64(x) truncate_u32_f64(x)

/** There is no such instruction for 64 bits; C's conversion is right in range. */
static inline u64 truncate_s64(f64 x) {
  if (!(x >= -0x1p63)) return x < 0 ? (u64)INT64_MIN : 0;
  return x < 0x1p63 ? (u64)(s64)x : (u64)INT64_MAX;
}

static inline u64 truncate_u64(f64 x) {
  if (!(x > 0)) return 0;
  return x < 0x1p64 ? (u64)x : UINT64_MAX;
}

#define I64_TRUNC_SAT_S_F32(x) truncate_s64(x)
#define I64_TRUNC_SAT_U_F32(x) truncate_u64(x)
#define I64_TRUNC_SAT_S_F64(x) truncate_s64(x)
#define I64_TRUNC_SAT_U_F64(x) truncate_u64(x)

/** What is no number stays none; of the zeros -0 is the smaller: vminnm and vmaxnm order them so. */
#define DEFINE_PICK(name, type, operation, constraint, prefix)                                         \
  static inline type name(type x, type y) {                                                            \
    type result;                                                                                       \
    if (UNLIKELY(__builtin_isunordered(x, y))) return x + y;                                           \
    __asm__(operation " %" prefix "0, %" prefix "1, %" prefix "2" : "=" constraint(result) : constraint(x), constraint(y)); \
    return result;                                                                                     \
  }

DEFINE_PICK(min_f32, f32, "vminnm.f32", "t", "")
DEFINE_PICK(max_f32, f32, "vmaxnm.f32", "t", "")
DEFINE_PICK(min_f64, f64, "vminnm.f64", "w", "P")
DEFINE_PICK(max_f64, f64, "vmaxnm.f64", "w", "P")

#define FMIN(x, y) _Generic((x), f32: min_f32, f64: min_f64)(x, y)
#define FMAX(x, y) _Generic((x), f32: max_f32, f64: max_f64)(x, y)

#define DEFINE_REINTERPRET(name, from, to)    \
  static inline to name(from x) {             \
    to result;                                \
    memcpy(&result, &x, sizeof(result));      \
    return result;                            \
  }

DEFINE_REINTERPRET(f32_reinterpret_i32, u32, f32)
DEFINE_REINTERPRET(i32_reinterpret_f32, f32, u32)
DEFINE_REINTERPRET(f64_reinterpret_i64, u64, f64)
DEFINE_REINTERPRET(i64_reinterpret_f64, f64, u64)

// One instruction each; the FPU gives quiet NaNs by itself.
#define wasm_quiet(x) (x)
#define wasm_quietf(x) (x)
#define wasm_floor(x) __builtin_floor(x)
#define wasm_floorf(x) __builtin_floorf(x)
#define wasm_ceil(x) __builtin_ceil(x)
#define wasm_ceilf(x) __builtin_ceilf(x)
#define wasm_trunc(x) __builtin_trunc(x)
#define wasm_truncf(x) __builtin_truncf(x)
#define wasm_nearbyint(x) __builtin_rint(x)
#define wasm_nearbyintf(x) __builtin_rintf(x)
#define copysign(x, y) __builtin_copysign(x, y)
#define copysignf(x, y) __builtin_copysignf(x, y)
#define wasm_fabs(x) __builtin_fabs(x)
#define wasm_fabsf(x) __builtin_fabsf(x)
#define wasm_sqrt(x) __builtin_sqrt(x)
#define wasm_sqrtf(x) __builtin_sqrtf(x)

#endif
