/**
 * Elementary functions from + - * / and floor only. Engines may differ in the last bits of Math.exp and its kin, so
 * whatever decides output bytes uses these.
 */
export { exp } from "./exponential.ts";
export { log } from "./logarithm.ts";
export { pow } from "./power.ts";
export { cos, sin } from "./trigonometry.ts";
