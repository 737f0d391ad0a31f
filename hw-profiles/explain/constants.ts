/** The spot on which the explanation works out its link budget. */
export const EXAMPLE_RANGE_M = 3;
export const EXAMPLE_REFLECTANCE = 0.5;
