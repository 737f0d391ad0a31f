/**
 * Constants of exp, read by tsc (sim/math/elementary.ts) and by asc (sim/kernels/pixel), so that both give the same bits.
 * Cody-Waite split of ln 2: the high part has 21 trailing zero bits, so k * LN2_HIGH is exact for |k| < 2^20.
 */
export const LN2_HIGH = 6.9314718036912381649e-1;
export const LN2_LOW = 1.90821492927058770002e-10;
export const LOG2_E = 1.442695040888963387;

/** 1/n! for the Taylor polynomial of exp on |r| <= ln(2)/2; the first term left out is below 1e-17. */
export const INV_FACTORIAL_2 = 0.5;
export const INV_FACTORIAL_3 = 1.66666666666666666667e-1;
export const INV_FACTORIAL_4 = 4.16666666666666666667e-2;
export const INV_FACTORIAL_5 = 8.33333333333333333333e-3;
export const INV_FACTORIAL_6 = 1.38888888888888888889e-3;
export const INV_FACTORIAL_7 = 1.98412698412698412698e-4;
export const INV_FACTORIAL_8 = 2.48015873015873015873e-5;
export const INV_FACTORIAL_9 = 2.75573192239858906526e-6;
export const INV_FACTORIAL_10 = 2.75573192239858906526e-7;
export const INV_FACTORIAL_11 = 2.50521083854417187751e-8;
export const INV_FACTORIAL_12 = 2.08767569878680989792e-9;
export const INV_FACTORIAL_13 = 1.60590438368216145994e-10;
