/** Round-trip time of light, ns for each metre of range. */
export const NS_PER_M = 2 / 0.299792458;
