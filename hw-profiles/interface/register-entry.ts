export type RegisterAccess = "ro" | "wo" | "rw";
export type RegisterType = "u32" | "i32" | "f32" | "string";

export interface RegisterEntry {
  /** GenICam SFNC name where one exists (`sfnc`), else a vendor name in the same style. */
  readonly name: string;
  readonly address: number;
  /** Bytes of one element; a string has one element of its whole length. */
  readonly bytes: number;
  /** Elements, at consecutive addresses. */
  readonly count: number;
  readonly access: RegisterAccess;
  readonly type: RegisterType;
  /** "" for a plain number, a bit field or a string. */
  readonly unit: string;
  /** Limits of a written value, both allowed. A value outside is answered with STATUS_OUT_OF_RANGE. */
  readonly min?: number;
  readonly max?: number;
  readonly sfnc: boolean;
  /** Exists on simulated boards only. */
  readonly simulated: boolean;
  readonly doc: string;
}

/** What not every register has. */
type Extra = Partial<Pick<RegisterEntry, "count" | "bytes" | "unit" | "min" | "max" | "sfnc" | "simulated">>;

export function entry(
  name: string,
  address: number,
  access: RegisterAccess,
  type: RegisterType,
  doc: string,
  extra: Extra = {},
): RegisterEntry {
  return {
    name,
    address,
    access,
    type,
    doc,
    bytes: 4,
    count: 1,
    unit: "",
    sfnc: false,
    simulated: false,
    ...extra,
  };
}

/** A name of GenICam SFNC. */
export const SFNC = { sfnc: true } as const;
