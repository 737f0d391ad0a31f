// What the board gives to try a module. Both return 0 or a REFUSED_*.

/** Would the module in this slot be admitted? Looks at it, does not run it. The manifest is in the data block. */
export declare function admit(slot: u32, payloadAddress: u32, payloadLength: u32): u32;
/** Runs the golden input through the module in this slot, with limited fuel and traps caught. */
export declare function trial(slot: u32, payloadAddress: u32, payloadLength: u32): u32;
