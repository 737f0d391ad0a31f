/** MODE_LIDAR or MODE_IMAGING; undefined in a module that has both. For tsc: asc has it from its option --use. */
declare const ONLY_MODE: i32;
