// What the board gives: its NOR flash. Addresses are bytes from the start of the flash; pointers are of this memory.
// All return 0, or anything else when the flash reported a failure. Success is never believed: see storage.ts.

export declare function read(address: u32, destination: usize, length: u32): u32;
/** Whole program units. */
export declare function program(address: u32, source: usize, length: u32): u32;
/** The sector that starts at the address. */
export declare function erase(address: u32): u32;
